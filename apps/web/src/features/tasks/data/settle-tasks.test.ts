import { InfiniteQueryObserver, MutationObserver, QueryClient } from '@tanstack/react-query'
import type { Task, TaskPage } from '@tend/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { taskChangeKey } from './changes-on-their-way.ts'
import { type LingeringTasks, lingeringKey } from './lingering-tasks.ts'
import { settleDeletion, settleTask, settleTaskEvents, settleTasks } from './settle-tasks.ts'
import { findKnownTask, type TaskPages, taskKeys } from './task-queries.ts'
import type { TaskQuery } from './task-query.ts'
import type { TaskTotals } from './task-totals.ts'
import { laterVersion, makeTask } from './test-task.ts'

const today = '2026-11-21'
const everything: TaskQuery = { status: 'all', sort: 'newest' }
const open: TaskQuery = { status: 'open', sort: 'due' }
const home: TaskQuery = { status: 'all', sort: 'newest', label: 'home' }
const trash: TaskQuery = { status: 'deleted', sort: 'updated' }
const totals: TaskTotals = {
  ...{ open: 2, completed: 0, overdue: 0, deleted: 0, today: 0, upcoming: 0 },
  labels: [],
}

let queryClient: QueryClient
let older: Task
let newer: Task

beforeEach(() => {
  queryClient = new QueryClient()
  older = makeTask()
  newer = makeTask({ dueDate: '2026-11-25' })
  cache(everything, [newer, older])
  cache(open, [newer, older])
  cache(home, [])
  queryClient.setQueryData(taskKeys.totals(today), totals)
})

function cache(query: TaskQuery, items: Task[], nextCursor: string | null = null): void {
  const page: TaskPage = { items, nextCursor }
  queryClient.setQueryData<TaskPages>(taskKeys.list(query), { pages: [page], pageParams: [null] })
}

function cached(query: TaskQuery): Task[] | undefined {
  const pages = queryClient.getQueryData<TaskPages>(taskKeys.list(query))?.pages
  return pages?.flatMap(({ items }) => items)
}

function counted(): TaskTotals | undefined {
  return queryClient.getQueryData(taskKeys.totals(today))
}

function mustRead(query: TaskQuery): boolean | undefined {
  return queryClient.getQueryState(taskKeys.list(query))?.isInvalidated
}

function mustCountAgain(): boolean | undefined {
  return queryClient.getQueryState(taskKeys.totals(today))?.isInvalidated
}

describe('an answer of the server', () => {
  it('comes into every list in which the task belongs, at its place', () => {
    const changed = laterVersion(older, { dueDate: '2026-11-22', labels: ['home'] })
    settleTask(queryClient, changed)
    expect(cached(everything)).toEqual([newer, changed])
    expect(cached(open)).toEqual([changed, newer])
    expect(cached(home)).toEqual([changed])
    expect(counted()).toEqual({ ...totals, upcoming: 1, labels: [{ label: 'home', open: 1 }] })
  })

  it('leaves a task that was completed its place until the view is left', () => {
    const done = laterVersion(newer, { isCompleted: true })
    settleTask(queryClient, done)
    expect(cached(open)).toEqual([older])
    const lingering = queryClient.getQueryData<LingeringTasks>(lingeringKey)
    expect(lingering?.get(newer.id)).toEqual({ task: done, place: newer })
    expect(counted()).toMatchObject({ open: 1, completed: 1 })
  })

  it('adds a new task on top, and counts it', () => {
    const added = makeTask()
    settleTask(queryClient, added, null)
    expect(cached(everything)).toEqual([added, newer, older])
    expect(counted()).toMatchObject({ open: 3 })
    expect(mustCountAgain()).toBe(false)
  })

  it('puts nothing behind the last loaded page', () => {
    cache({ ...everything, q: 'task' }, [newer], 'more')
    settleTask(queryClient, laterVersion(older, { title: 'Task renamed' }))
    expect(cached({ ...everything, q: 'task' })).toEqual([newer])
  })

  it('leaves the last loaded task in its place', () => {
    cache(everything, [newer, older], 'more')
    const renamed = laterVersion(older, { title: 'Renamed' })
    settleTask(queryClient, renamed)
    expect(cached(everything)).toEqual([newer, renamed])
  })

  it('is taken over for several tasks at once as for one after the other', () => {
    cache(everything, [newer, older], 'more')
    const done = [newer, older].map((task) => laterVersion(task, { isCompleted: true }))
    settleTasks(queryClient, done)
    expect(cached(everything)).toEqual(done)
    expect(cached(open)).toEqual([])
    expect(counted()).toMatchObject({ open: 0, completed: 2 })
    const lingering = queryClient.getQueryData<LingeringTasks>(lingeringKey)
    expect([...(lingering?.values() ?? [])].map(({ place }) => place)).toEqual([newer, older])
  })

  it('counts nothing twice when it is told twice, and is not taken back by an older one', () => {
    const done = laterVersion(newer, { isCompleted: true })
    settleTask(queryClient, done)
    settleTask(queryClient, done)
    settleTask(queryClient, newer)
    expect(counted()).toMatchObject({ open: 1, completed: 1 })
    expect(findKnownTask(queryClient, newer.id)).toEqual(done)
    expect(mustCountAgain()).toBe(false)
  })

  it('leaves a list that is to be read again to be read again', async () => {
    await queryClient.invalidateQueries({ queryKey: taskKeys.list(open) })
    settleTask(queryClient, makeTask(), null)
    expect([mustRead(open), mustRead(everything)]).toEqual([true, false])
  })

  it('makes no list count as read just now', () => {
    const readAt = Date.now() - 600_000
    const pages: TaskPages = { pages: [{ items: [newer], nextCursor: null }], pageParams: [null] }
    queryClient.setQueryData(taskKeys.list(home), pages, { updatedAt: readAt })
    queryClient.setQueryData(taskKeys.totals(today), totals, { updatedAt: readAt })
    settleTask(queryClient, laterVersion(newer, { labels: ['home'] }))
    expect(cached(home)?.[0]?.labels).toEqual(['home'])
    for (const key of [taskKeys.list(home), taskKeys.totals(today)]) {
      expect(queryClient.getQueryState(key)?.dataUpdatedAt).toBe(readAt)
    }
  })

  it('has a list read again that goes on behind a task that left it', () => {
    cache(open, [newer, older], 'more')
    settleTask(queryClient, laterVersion(newer, { isCompleted: true }))
    expect(mustRead(open)).toBe(false)
    settleTask(queryClient, laterVersion(older, { isCompleted: true }))
    expect(mustRead(open)).toBe(true)
  })

  it('has the totals read again when a list knew it first', () => {
    const done = laterVersion(newer, { isCompleted: true })
    cache(everything, [done, older])
    settleTask(queryClient, done)
    expect(mustCountAgain()).toBe(true)
  })
})

describe('a deletion', () => {
  it('takes the task off every list and has the trash read again', () => {
    cache(trash, [])
    settleDeletion(queryClient, newer.id, 'trash')
    expect(cached(everything)).toEqual([older])
    expect(counted()).toMatchObject({ open: 1, deleted: 1 })
    expect(findKnownTask(queryClient, newer.id)).toBeNull()
    expect(mustRead(trash)).toBe(true)
  })

  it('is counted once when its echo comes as well, and can be taken back', () => {
    settleDeletion(queryClient, newer.id, 'trash')
    settleDeletion(queryClient, newer.id)
    expect(counted()).toMatchObject({ open: 1, deleted: 1 })
    settleTask(queryClient, laterVersion(newer, {}), 'trash')
    expect(counted()).toEqual({ ...totals, upcoming: 1 })
    expect(cached(everything)?.map(({ id }) => id)).toEqual([newer.id, older.id])
  })

  it('for good takes the task out of the trash too', () => {
    const old = makeTask()
    cache(trash, [old])
    queryClient.setQueryData(taskKeys.totals(today), { ...totals, deleted: 1 })
    settleDeletion(queryClient, old.id, 'nowhere')
    expect(cached(trash)).toEqual([])
    expect(counted()).toEqual(totals)
  })
})

it('the echo of an own addition waits for its answer', async () => {
  const added = makeTask()
  const answer = Promise.withResolvers<Task>()
  const addition = new MutationObserver(queryClient, {
    mutationKey: taskChangeKey,
    mutationFn: (_: { kind: 'add'; key: string; task: { title: string } }) => answer.promise,
    onSuccess: (task) => settleTask(queryClient, task, null),
  }).mutate({ kind: 'add', key: '~1', task: { title: added.title } })
  const echo = settleTaskEvents(queryClient, [{ type: 'task.created', task: added }])
  await Promise.resolve()
  expect(cached(everything)).toEqual([newer, older])
  answer.resolve(added)
  await Promise.all([addition, echo])
  expect(cached(everything)).toEqual([added, newer, older])
  expect(counted()).toMatchObject({ open: 3 })
})

it('the echo of a change that comes after the own deletion does not bring the task back', async () => {
  const renamed = laterVersion(newer, { title: 'Renamed' })
  settleTask(queryClient, renamed)
  settleDeletion(queryClient, newer.id, 'trash')
  await settleTaskEvents(queryClient, [{ type: 'task.updated', task: renamed }])
  expect(cached(everything)).toEqual([older])
  expect(findKnownTask(queryClient, newer.id)).toBeNull()
  // It may as well have been restored elsewhere.
  expect(mustRead(everything)).toBe(true)
})

it('of several events of one task the last one counts', async () => {
  const renamed = laterVersion(older, { title: 'Renamed' })
  await settleTaskEvents(queryClient, [
    { type: 'task.updated', task: laterVersion(newer, { title: 'Never seen' }) },
    { type: 'task.deleted', id: older.id },
    { type: 'task.deleted', id: newer.id },
    { type: 'task.updated', task: renamed },
  ])
  expect(cached(everything)).toEqual([renamed])
  expect(findKnownTask(queryClient, newer.id)).toBeNull()
})

it('a read that was under way does not take a change back', async () => {
  const answers = [Promise.withResolvers<TaskPage>(), Promise.withResolvers<TaskPage>()]
  let reads = 0
  const observer = new InfiniteQueryObserver<TaskPage, Error, TaskPages, readonly unknown[], null>(
    queryClient,
    {
      queryKey: taskKeys.list(everything),
      queryFn: () => answers[reads++]?.promise ?? Promise.reject(new Error('Read too often')),
      initialPageParam: null,
      getNextPageParam: () => null,
      staleTime: Number.POSITIVE_INFINITY,
    },
  )
  const stop = observer.subscribe(() => {})
  const first = observer.refetch()
  const done = laterVersion(newer, { isCompleted: true })
  settleTask(queryClient, done)
  answers[0]?.resolve({ items: [newer, older], nextCursor: null })
  await first
  expect(cached(everything)).toEqual([done, older])
  answers[1]?.resolve({ items: [done, older], nextCursor: null })
  await expect.poll(() => reads).toBe(2)
  expect(cached(everything)).toEqual([done, older])
  stop()
})
