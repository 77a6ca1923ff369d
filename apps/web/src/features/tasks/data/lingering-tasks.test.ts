import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { callWithToken } from '../../../api/call-with-token.ts'
import { createTaskSender } from './create-task-sender.ts'
import { type LingeringTasks, lingeringKey } from './lingering-tasks.ts'
import { showTasks } from './show-tasks.ts'
import { type TaskPages, taskKeys, taskListOptions, taskOptions, tasksOf } from './task-queries.ts'
import type { TaskQuery } from './task-query.ts'
import { laterVersion, makeTask } from './test-task.ts'

const open: TaskQuery = { status: 'open', sort: 'due' }
const done: TaskQuery = { status: 'completed', sort: 'updated' }
const call = callWithToken('http://api.test', 'token')

let queryClient: QueryClient
/** The task as the server has it. */
let task: Task
let isAnswerLost: boolean

beforeEach(() => {
  queryClient = new QueryClient()
  task = makeTask()
  isAnswerLost = false
  vi.stubGlobal('fetch', async (address: string, { method }: RequestInit) => {
    const url = new URL(address)
    if (method === 'POST') {
      task = laterVersion(task, { isCompleted: !task.isCompleted })
      if (isAnswerLost) throw new TypeError('lost')
      return Response.json(task)
    }
    if (url.pathname !== '/api/tasks') return Response.json(task)
    const isListed = task.isCompleted === (url.searchParams.get('status') === 'completed')
    return Response.json({ items: isListed ? [task] : [], nextCursor: null })
  })
})

afterEach(() => void vi.unstubAllGlobals())

/** Has lists on the page, read by now. */
async function openLists(...queries: TaskQuery[]): Promise<() => void> {
  const observers = queries.map(
    (query) => new InfiniteQueryObserver(queryClient, taskListOptions(call, query)),
  )
  const stops = observers.map((observer) => observer.subscribe(() => {}))
  await Promise.all(observers.map((observer) => observer.refetch()))
  return () => {
    for (const stop of stops) stop()
  }
}

function shown(query: TaskQuery, beside?: TaskQuery): Task[] {
  const loaded = tasksOf(queryClient.getQueryData<TaskPages>(taskKeys.list(query)))
  const lingering = queryClient.getQueryData<LingeringTasks>(lingeringKey) ?? new Map()
  return showTasks(query, loaded, { isWhole: true, beside, lingering, changes: [] })
}

describe('a completed task in its place shows what the server has', () => {
  it('when the answer to its reopening is lost, and can be completed again', async () => {
    const stop = await openLists(open)
    const sender = createTaskSender(call, queryClient)
    await sender.complete(task, true)
    isAnswerLost = true
    await sender.complete(task, false).catch(() => {})
    await expect.poll(() => shown(open)).toEqual([task])
    expect(task.isCompleted).toBe(false)
    isAnswerLost = false
    await sender.complete(task, true)
    expect(shown(open)).toEqual([task])
    expect(task.isCompleted).toBe(true)
    stop()
  })

  it('when another list of the view tells it, and stays in its place', async () => {
    const stop = await openLists(open, done)
    await createTaskSender(call, queryClient).complete(task, true)
    task = laterVersion(task, { title: 'Renamed elsewhere' })
    await queryClient.invalidateQueries({ queryKey: taskKeys.list(done) })
    expect(shown(open, done)).toEqual([task])
    expect(shown(done, open)).toEqual([])
    stop()
  })

  it('when it alone is read', async () => {
    const stop = await openLists(open)
    await createTaskSender(call, queryClient).complete(task, true)
    task = laterVersion(task, { isCompleted: false })
    await queryClient.fetchQuery(taskOptions(call, task.id))
    expect(shown(open)).toEqual([task])
    stop()
  })
})
