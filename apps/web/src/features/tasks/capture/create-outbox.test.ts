import type { Task } from '@tend/contracts'
import { NetworkError } from '@tend/contracts/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createDraftBox } from '../drafts/draft-box.ts'
import { isUnsentTask } from '../drafts/task-drafts.ts'
import { createOutbox, type WithLock } from './create-outbox.ts'

const time = '2026-11-21T09:30:00.000Z'
const plain = { description: null, isCompleted: false, dueDate: null, priority: 'none' as const }

/** One browser with any number of pages, and a server that knows its keys. */
function createBrowser() {
  const items = new Map<string, string>()
  const place = {
    get length() {
      return items.size
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    getItem: (key: string) => items.get(key) ?? null,
    removeItem: (key: string) => void items.delete(key),
    setItem: (key: string, value: string) => void items.set(key, value),
  }
  const locks = new Set<string>()
  const withLock: WithLock = async (name, send) => {
    if (locks.has(name)) return
    locks.add(name)
    await send()
    locks.delete(name)
  }
  const server = { isAway: false, calls: [] as string[], made: new Map<string, Task>() }
  async function create({ title }: { title: string }, key: string): Promise<Task> {
    server.calls.push(title)
    await new Promise((resolve) => setTimeout(resolve, 100))
    if (server.isAway) throw new NetworkError('refused')
    const task = server.made.get(key) ?? {
      ...{ id: key, title, ...plain, labels: [], createdAt: time, updatedAt: time },
    }
    server.made.set(key, task)
    return task
  }
  let keys = 0
  function openPage() {
    const drafts = createDraftBox('unsent.', isUnsentTask, place)
    const outbox = createOutbox({
      drafts,
      sending: { hasTitle: async () => false, read: async () => null, now: () => Date.now() },
      createKey: () => `key-${++keys}`,
      createNew: create,
      createAgain: create,
      withLock,
    })
    const close = outbox.subscribe(() => {})
    const failures = () => {
      drafts.refresh()
      return [...drafts.all().values()].map(({ failure }) => failure?.reason)
    }
    return { outbox, drafts, close, failures }
  }
  return { server, openPage }
}

const write = (title: string) => ({ body: { title }, unread: null })

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('sends a task and forgets it', async () => {
  const { server, openPage } = createBrowser()
  const { outbox, drafts } = openPage()
  outbox.add(write('Pay rent'))
  expect(drafts.all().size).toBe(1)
  expect(outbox.listUnderWay().size).toBe(1)
  await vi.advanceTimersByTimeAsync(100)
  expect([...server.made.values()].map(({ title }) => title)).toEqual(['Pay rent'])
  expect(drafts.all().size).toBe(0)
  expect(outbox.listUnderWay().size).toBe(0)
})

it('sends again by itself, ever later, until the server is back', async () => {
  const { server, openPage } = createBrowser()
  const { outbox, failures } = openPage()
  server.isAway = true
  outbox.add(write('Pay rent'))
  await vi.advanceTimersByTimeAsync(30_000)
  expect(server.calls.length).toBeGreaterThanOrEqual(3)
  expect(server.calls.length).toBeLessThan(6)
  expect(failures()).toEqual([expect.stringContaining('Tend cannot be reached.')])
  server.isAway = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(failures()).toEqual([])
  expect(server.made.size).toBe(1)
  const calls = server.calls.length
  await vi.advanceTimersByTimeAsync(600_000)
  expect(server.calls).toHaveLength(calls)
})

it('asks a server that is away for one task, not for all that wait', async () => {
  const { server, openPage } = createBrowser()
  const { outbox } = openPage()
  server.isAway = true
  for (const title of ['One', 'Two', 'Three']) outbox.add(write(title))
  await vi.advanceTimersByTimeAsync(200)
  server.calls.length = 0
  void outbox.sendAll()
  await vi.advanceTimersByTimeAsync(200)
  expect(server.calls).toEqual(['One'])
})

it('lets one page of several send', async () => {
  const { server, openPage } = createBrowser()
  const [here, there] = [openPage(), openPage()]
  here.outbox.add(write('Pay rent'))
  there.drafts.refresh()
  void there.outbox.sendAll()
  void there.outbox.sendAll()
  await vi.advanceTimersByTimeAsync(200)
  expect(server.calls).toEqual(['Pay rent'])
  there.close()
})

it('goes on where a closed page has stopped, with the same key', async () => {
  const { server, openPage } = createBrowser()
  const closed = openPage()
  server.isAway = true
  closed.outbox.add(write('Pay rent'))
  await vi.advanceTimersByTimeAsync(200)
  closed.close()
  const next = openPage()
  server.isAway = false
  void next.outbox.sendAll()
  await vi.advanceTimersByTimeAsync(200)
  expect([...server.made.keys()]).toEqual(['key-1'])
  expect(next.drafts.all().size).toBe(0)
})

it('does not bring back what was given up while it was being sent', async () => {
  const { server, openPage } = createBrowser()
  const { outbox, drafts } = openPage()
  server.isAway = true
  outbox.add(write('Pay rent'))
  const [name = ''] = drafts.all().keys()
  outbox.discard(name)
  await vi.advanceTimersByTimeAsync(200)
  expect(drafts.all().size).toBe(0)
})

it('makes another task under another key when the person says so', async () => {
  const { server, openPage } = createBrowser()
  const { outbox, drafts } = openPage()
  server.isAway = true
  outbox.add(write('Pay rent'))
  const [name = ''] = drafts.all().keys()
  await vi.advanceTimersByTimeAsync(200)
  server.isAway = false
  void outbox.retry(name, true)
  await vi.advanceTimersByTimeAsync(200)
  expect([...server.made.keys()]).toEqual(['key-2'])
})
