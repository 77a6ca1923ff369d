import { randomUUID } from 'node:crypto'
import { taskETag, taskPageSchema, taskSchema } from '@tend/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Person, startTestApi, type TestApi } from '../../test-api.ts'
import { addTask, callTasks, type TaskCall, type TaskRoute } from './test-task-calls.ts'

let api: TestApi
let by: Person

beforeAll(async () => {
  api = await startTestApi()
})
beforeEach(async () => {
  by = await api.createPerson()
})
afterAll(() => api.close())

const call = (name: TaskRoute, request: TaskCall = {}) => callTasks(api, name, { by, ...request })

async function listIds(query: string): Promise<string[]> {
  const { body } = await call('list', { query })
  return taskPageSchema.parse(body).items.map(({ id }) => id)
}

describe('a task in the trash', () => {
  it('is out of reach of every route but restore and a final delete', async () => {
    const { id } = await addTask(api, by)
    expect((await call('delete', { id })).status).toBe(204)
    const any = { 'if-match': '*' }
    for (const headers of [{}, any, { 'if-match': '"x"' }]) {
      expect((await call('get', { id })).status).toBe(404)
      expect((await call('update', { id, headers, body: { title: 'x' } })).status).toBe(404)
      expect((await call('toggle', { id, headers })).status).toBe(404)
      expect((await call('delete', { id, headers })).status).toBe(404)
    }
    expect(await listIds('?status=deleted')).toEqual([id])
    for (const status of ['all', 'open', 'completed']) {
      expect(await listIds(`?status=${status}`)).toEqual([])
    }
    expect((await call('counts')).body).toEqual({ open: 0, completed: 0, overdue: 0, deleted: 1 })
  })

  it('comes back as it was, in a version of its own', async () => {
    const body = { title: 'x', dueDate: '2026-11-21', priority: 'high', labels: ['a'] }
    const task = taskSchema.parse((await call('create', { body })).body)
    await call('delete', { id: task.id })
    const inTrash = taskPageSchema.parse((await call('list', { query: '?status=deleted' })).body)
    const { status, body: answer, headers } = await call('restore', { id: task.id })
    const restored = taskSchema.parse(answer)
    expect(status).toBe(200)
    expect(restored).toEqual({ ...task, updatedAt: restored.updatedAt })
    const versions = [task, ...inTrash.items, restored].map((one) => one.updatedAt)
    expect(versions).toEqual([...new Set(versions)].sort())
    expect(headers.get('etag')).toBe(taskETag(restored))
    // An answer that got lost may be asked for again.
    expect((await call('restore', { id: task.id })).body).toEqual(restored)
  })

  it('can be deleted for good, and then nothing brings it back', async () => {
    const { id } = await addTask(api, by)
    await call('delete', { id })
    expect((await call('delete', { id, query: '?permanent=true' })).status).toBe(204)
    expect((await call('delete', { id, query: '?permanent=true' })).status).toBe(404)
    expect((await call('restore', { id })).status).toBe(404)
    expect(await listIds('?status=deleted')).toEqual([])
  })

  it('is not deleted for good in another version than the one that was seen', async () => {
    const task = await addTask(api, by)
    await call('delete', { id: task.id })
    const headers = { 'if-match': taskETag(task) }
    const stale = await call('delete', { id: task.id, query: '?permanent=true', headers })
    expect(stale.status).toBe(412)
    expect((await call('restore', { id: task.id })).status).toBe(200)
  })
})

it('a task can be deleted for good without the trash', async () => {
  const { id } = await addTask(api, by)
  expect((await call('delete', { id, query: '?permanent=true' })).status).toBe(204)
  expect((await call('restore', { id })).status).toBe(404)
})

it('of twenty deletes at once one finds the task', async () => {
  const { id } = await addTask(api, by)
  const answers = await Promise.all(Array.from({ length: 20 }, () => call('delete', { id })))
  expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(19).fill(404)])
})

describe('several tasks at once', () => {
  it.each([
    ['complete', { isCompleted: true }],
    ['reopen', { isCompleted: false }],
  ])('%s', async (action, expected) => {
    const tasks = [await addTask(api, by), await addTask(api, by)]
    await call('toggle', { id: tasks[0]?.id ?? '' })
    const ids = tasks.map(({ id }) => id)
    const before = taskPageSchema.parse((await call('list')).body).items
    const { body } = await call('bulk', { body: { ids, action } })
    expect(body).toEqual({ updated: ids, notFound: [] })
    const after = taskPageSchema.parse((await call('list')).body).items
    for (const task of after) {
      expect(task).toMatchObject(expected)
      const known = before.find(({ id }) => id === task.id)
      // Only what changes has a new version.
      expect(task.updatedAt === known?.updatedAt).toBe(known?.isCompleted === expected.isCompleted)
    }
  })

  it('go to the trash and come back', async () => {
    const ids = [(await addTask(api, by)).id, (await addTask(api, by)).id]
    expect((await call('bulk', { body: { ids, action: 'delete' } })).body).toEqual({
      updated: ids,
      notFound: [],
    })
    expect((await call('bulk', { body: { ids, action: 'delete' } })).body).toEqual({
      updated: [],
      notFound: ids,
    })
    expect((await call('bulk', { body: { ids, action: 'complete' } })).body).toEqual({
      updated: [],
      notFound: ids,
    })
    for (let times = 0; times < 2; times += 1) {
      expect((await call('bulk', { body: { ids, action: 'restore' } })).body).toEqual({
        updated: ids,
        notFound: [],
      })
    }
    expect((await listIds('')).sort()).toEqual([...ids].sort())
  })

  it('are each named once, however often and in whatever case they are asked for', async () => {
    const { id } = await addTask(api, by)
    const missing = randomUUID()
    const ids = [id, missing, id.toUpperCase(), id, missing]
    const { body } = await call('bulk', { body: { ids, action: 'complete' } })
    expect(body).toEqual({ updated: [id], notFound: [missing] })
  })

  it.each([
    ['no id', { ids: [], action: 'complete' }],
    ['101 ids', { ids: Array.from({ length: 101 }, () => randomUUID()), action: 'complete' }],
    ['a malformed id', { ids: ['x'], action: 'complete' }],
    ['an unknown action', { ids: [randomUUID()], action: 'archive' }],
    ['an unknown key', { ids: [randomUUID()], action: 'complete', all: true }],
  ])('are refused with %s', async (_name, body) => {
    expect((await call('bulk', { body })).status).toBe(422)
  })

  it('never lock each other out, in whatever order they are named', async () => {
    const tasks = await Promise.all(Array.from({ length: 30 }, () => addTask(api, by)))
    const ids = tasks.map(({ id }) => id)
    const actions = ['complete', 'delete', 'restore', 'reopen']
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const order = index % 2 ? ids : ids.toReversed()
        return call('bulk', { body: { ids: order, action: actions[index % 4] } })
      }),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })
})
