import { QueryClient } from '@tanstack/react-query'
import { type BulkTasks, bulkTasksSchema, createProblem, type Task } from '@tend/contracts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { callWithToken } from '../../../api/call-with-token.ts'
import { toast, toasts } from '../../../components/ui/toast.ts'
import { createTaskActions, type TaskActions } from './create-task-actions.ts'
import { createTaskSender } from './create-task-sender.ts'
import { findKnownTask, type TaskPages, taskKeys } from './task-queries.ts'
import { makeTask } from './test-task.ts'

let queryClient: QueryClient
let several: Task[]
let actions: TaskActions
/** What was asked of the server in bulk. */
let asked: BulkTasks[]
/** Which of the requests the server refuses, from zero. */
let refused: number[]

beforeEach(() => {
  queryClient = new QueryClient()
  several = Array.from({ length: 150 }, () => makeTask()).reverse()
  queryClient.setQueryData<TaskPages>(taskKeys.list({ status: 'all', sort: 'newest' }), {
    pages: [{ items: several, nextCursor: null }],
    pageParams: [null],
  })
  for (const { id } of toasts.read()) toast.dismiss(id)
  asked = []
  refused = []
  vi.stubGlobal('fetch', async (_: string, { body }: RequestInit) => {
    const bulk = bulkTasksSchema.parse(JSON.parse(String(body)))
    if (refused.includes(asked.push(bulk) - 1)) {
      const headers = { 'content-type': 'application/problem+json' }
      const problem = createProblem('UNAVAILABLE', { requestId: 'request-7' })
      return Response.json(problem, { status: problem.status, headers })
    }
    return Response.json({ updated: bulk.ids, notFound: [] })
  })
  const call = callWithToken('http://api.test', 'token')
  actions = createTaskActions(createTaskSender(call, queryClient))
})

afterEach(() => void vi.unstubAllGlobals())

const said = () => toasts.read().at(-1)?.text
const completed = () => several.filter(({ id }) => findKnownTask(queryClient, id)?.isCompleted)

describe('one thing done to more tasks than the API takes at once, of which the second hundred fails', () => {
  beforeEach(() => {
    refused = [1]
    actions.changeTasks('complete', several)
  })

  it('says how many failed, and shows the rest done', async () => {
    await expect.poll(said).toMatch(/^50 of 150 tasks could not be completed\. /)
    expect(completed()).toEqual(several.slice(0, 100))
  })

  it('can be undone for what it reached', async () => {
    await expect.poll(said).toContain('could not be completed')
    actions.undoLast()
    expect(said()).toBe('100 tasks reopened')
    await expect.poll(completed).toEqual([])
    expect(asked.slice(2)).toEqual([
      { action: 'reopen', ids: several.slice(0, 100).map(({ id }) => id) },
    ])
  })
})

it('of one thing done to several tasks that reaches none there is nothing to undo', async () => {
  refused = [0]
  actions.changeTasks('complete', several)
  await expect.poll(said).toMatch(/^150 tasks could not be completed\. /)
  expect(completed()).toEqual([])
  actions.undoLast()
  expect(said()).toBe('There is nothing to undo')
})

it('an undoing that fails is not said to have worked', async () => {
  refused = [2]
  actions.changeTasks('complete', several)
  await expect.poll(() => asked.length).toBe(2)
  actions.undoLast()
  await expect.poll(said).toMatch(/^150 tasks could not be reopened\. /)
  expect(toasts.read()).toHaveLength(1)
})
