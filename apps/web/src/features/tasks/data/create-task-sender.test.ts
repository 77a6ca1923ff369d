import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import { createProblem, type Task } from '@tend/contracts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { callWithToken } from '../../../api/call-with-token.ts'
import { createTaskSender } from './create-task-sender.ts'
import { settleTaskEvents } from './settle-tasks.ts'
import { type TaskPages, taskKeys, taskListOptions, tasksOf } from './task-queries.ts'
import type { TaskQuery } from './task-query.ts'
import { laterVersion, makeTask } from './test-task.ts'

const everything: TaskQuery = { status: 'all', sort: 'newest' }
const call = callWithToken('http://api.test', 'token')

let queryClient: QueryClient
let task: Task
/** What the server has. */
let items: Task[]
let answer: PromiseWithResolvers<Response>

beforeEach(() => {
  queryClient = new QueryClient()
  task = makeTask()
  items = [task]
  answer = Promise.withResolvers()
  const pages: TaskPages = { pages: [{ items, nextCursor: null }], pageParams: [null] }
  queryClient.setQueryData(taskKeys.list(everything), pages)
  vi.stubGlobal('fetch', async (_: URL, { method }: RequestInit) =>
    method === 'GET' ? Response.json({ items, nextCursor: null }) : answer.promise,
  )
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function cached(): Task[] {
  return tasksOf(queryClient.getQueryData<TaskPages>(taskKeys.list(everything)))
}

/** Shows the list, which is read now. */
function openList(): () => void {
  const options = { ...taskListOptions(call, everything), staleTime: 60_000 }
  return new InfiniteQueryObserver(queryClient, options).subscribe(() => {})
}

describe('what live events tell while an answer is on its way', () => {
  it('that the task was deleted is not taken back by the answer', async () => {
    const stop = openList()
    const done = laterVersion(task, { isCompleted: true })
    const completion = createTaskSender(call, queryClient).complete(task, true)
    items = []
    await settleTaskEvents(queryClient, [{ type: 'task.deleted', id: task.id }])
    answer.resolve(Response.json(done))
    await completion
    expect(cached()).toEqual([])
    stop()
  })

  it('that the task was restored is not taken back by the answer to its deletion', async () => {
    const stop = openList()
    const deletion = createTaskSender(call, queryClient).delete(task)
    await settleTaskEvents(queryClient, [{ type: 'task.deleted', id: task.id }])
    const restored = laterVersion(task, {})
    items = [restored]
    await settleTaskEvents(queryClient, [{ type: 'task.updated', task: restored }])
    answer.resolve(new Response(null, { status: 204 }))
    await deletion
    await expect.poll(cached).toEqual([restored])
    stop()
  })
})

it('a list that knows a new task before its own answer does not show it beside itself', async () => {
  const added = makeTask()
  items = [added, task]
  const addition = createTaskSender(call, queryClient).add('~1', { title: added.title })
  await queryClient.invalidateQueries({ queryKey: taskKeys.lists })
  const stop = openList()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(cached()).toEqual([task])
  answer.resolve(Response.json(added, { status: 201 }))
  await addition
  await expect.poll(cached).toEqual([added, task])
  stop()
})

it('a list with another task of the same title waits for no addition', async () => {
  void createTaskSender(call, queryClient).add('~1', { title: task.title })
  const page = await queryClient.fetchInfiniteQuery({
    ...taskListOptions(call, { ...everything, sort: 'oldest' }),
  })
  expect(tasksOf(page)).toEqual([task])
})

describe('a list is read only now and then', () => {
  /** How often a list was read. */
  let reads: number

  beforeEach(() => {
    vi.useFakeTimers()
    reads = 0
  })

  afterEach(() => void vi.useRealTimers())

  const later = (milliseconds: number) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds))

  it('while the server refuses one change after the other', async () => {
    vi.stubGlobal('fetch', async (address: string, { method }: RequestInit) => {
      if (method === 'GET') {
        reads += 1
        return Response.json({ items, nextCursor: null })
      }
      await later(10 * Number(new URL(address).pathname.slice(-3)))
      const headers = { 'content-type': 'application/problem+json' }
      const problem = createProblem('RATE_LIMITED', { requestId: 'request-7' })
      return Response.json(problem, { status: problem.status, headers })
    })
    const several = Array.from({ length: 100 }, () => makeTask())
    const stop = openList()
    const sender = createTaskSender(call, queryClient)
    const answers = several.map((one) => sender.change(one, { dueDate: '2026-12-01' }))
    void Promise.allSettled(answers)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reads).toBeGreaterThan(1)
    expect(reads).toBeLessThan(10)
    stop()
  })

  it('while another device changes tasks, and once more at the end', async () => {
    vi.stubGlobal('fetch', async (_: string, { signal }: RequestInit) => {
      reads += 1
      const answered = { items, nextCursor: null }
      await later(100)
      signal?.throwIfAborted()
      return Response.json(answered)
    })
    const unknown = makeTask()
    const stop = openList()
    void queryClient.invalidateQueries({ queryKey: taskKeys.lists })
    for (let count = 1; count <= 50; count += 1) {
      task = laterVersion(task, { title: `Title ${count}` })
      items = [unknown, task]
      void settleTaskEvents(queryClient, [{ type: 'task.updated', task }])
      await vi.advanceTimersByTimeAsync(60)
    }
    await vi.advanceTimersByTimeAsync(1000)
    expect(reads).toBeLessThan(15)
    expect(cached()).toEqual(items)
    stop()
  })
})
