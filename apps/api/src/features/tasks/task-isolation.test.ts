import { randomUUID } from 'node:crypto'
import {
  problemSchema,
  type Task,
  taskPageSchema,
  taskSchema,
  tasksContract,
} from '@tend/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, startTestApi, type TestApi } from '../../test-api.ts'
import { addTask, callTasks, type TaskCall, type TaskRoute } from './test-task-calls.ts'

// OWASP API1:2023. A route that joins the contract needs a case here: without one neither tsc nor the walk below passes.

let api: TestApi
let ada: Person
let eve: Person
let adasTask: Task

beforeAll(async () => {
  api = await startTestApi()
  ada = await api.createPerson()
  eve = await api.createPerson()
  adasTask = await addTask(api, ada, 'A secret of Ada')
})
afterAll(() => api.close())

/** What Eve sends to get at a task by its id. */
const requestsById: Partial<Record<TaskRoute, TaskCall[]>> = {
  get: [{}, { headers: { 'if-none-match': '*' } }],
  update: [
    { body: { title: 'Eve was here' } },
    { body: { isCompleted: true }, headers: { 'if-match': '*' } },
  ],
  delete: [
    {},
    { headers: { 'if-match': '*' } },
    { query: '?permanent=true' },
    { query: '?permanent=true', headers: { 'if-match': '*' } },
  ],
  toggle: [{}, { headers: { 'if-match': '*' } }],
  restore: [{}],
}

const cases: Record<TaskRoute, () => Promise<void>> = {
  get: () => expectNoDifference('get'),
  update: () => expectNoDifference('update'),
  delete: () => expectNoDifference('delete'),
  toggle: () => expectNoDifference('toggle'),
  restore: () => expectNoDifference('restore'),

  async list() {
    const { body } = await callTasks(api, 'list', { by: eve })
    expect(taskPageSchema.parse(body).items.map((task) => task.id)).not.toContain(adasTask.id)
    await addTask(api, ada)
    const first = await callTasks(api, 'list', { by: ada, query: '?limit=1' })
    const { nextCursor } = taskPageSchema.parse(first.body)
    const second = await callTasks(api, 'list', { by: eve, query: `?cursor=${nextCursor}` })
    expect(second.status).toBe(422)
  },

  async counts() {
    const { body } = await callTasks(api, 'counts', { by: await api.createPerson() })
    expect(body).toEqual({ open: 0, completed: 0, overdue: 0, deleted: 0 })
  },

  async summary() {
    await callTasks(api, 'create', { by: ada, body: { title: 'x', labels: ['of Ada'] } })
    const { body } = await callTasks(api, 'summary', { by: eve })
    expect(body).toEqual({ today: 0, upcoming: 0, labels: [] })
  },

  async bulk() {
    const ids = [adasTask.id, randomUUID()]
    for (const action of ['complete', 'reopen', 'delete', 'restore']) {
      const { body } = await callTasks(api, 'bulk', { by: eve, body: { ids, action } })
      expect(body).toEqual({ updated: [], notFound: ids })
    }
    const { body } = await callTasks(api, 'get', { by: ada, id: adasTask.id })
    expect(body).toEqual(adasTask)
  },

  async export() {
    for (const format of ['json', 'csv']) {
      const answer = await api.send('GET', `/api/tasks/export?format=${format}`, {
        token: eve.token,
      })
      expect(answer.status).toBe(200)
      expect(await answer.text()).not.toContain('A secret of Ada')
    }
  },

  async import() {
    // The id is new to Eve, whoever else may have it.
    const task = { ...adasTask, title: 'Eve was here' }
    const body = { version: 1, exportedAt: adasTask.createdAt, tasks: [task] }
    const answer = await callTasks(api, 'import', { by: eve, body })
    expect(answer.body).toEqual({ added: 1, existing: 0 })
    const ofAda = await callTasks(api, 'get', { by: ada, id: adasTask.id })
    expect(ofAda.body).toEqual(adasTask)
    await callTasks(api, 'delete', { by: eve, id: adasTask.id, query: '?permanent=true' })
    expect((await callTasks(api, 'get', { by: ada, id: adasTask.id })).body).toEqual(adasTask)
  },

  // Two people and two processes: see task-events.test.ts.
  async events() {
    const response = await api.send('GET', '/api/tasks/events', { token: eve.token })
    await addTask(api, ada, 'A secret of Ada')
    const own = await addTask(api, eve, 'Of Eve')
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes(own.id)) break
    }
    expect(text).not.toContain('A secret of Ada')
  },

  async create() {
    for (const extra of [{ userId: ada.id }, { user_id: ada.id }, { id: adasTask.id }]) {
      const answer = await callTasks(api, 'create', { by: eve, body: { title: 'x', ...extra } })
      expect(answer.status).toBe(422)
    }
    const task = await addTask(api, eve)
    expect((await callTasks(api, 'get', { by: ada, id: task.id })).status).toBe(404)
  },
}

/** To Eve, Ada's task and one that never was are the same; and Ada's task stays as it was. */
async function expectNoDifference(name: TaskRoute): Promise<void> {
  const requests = requestsById[name] ?? []
  expect(requests).not.toEqual([])
  const stale = { headers: { 'if-match': '"stale"', 'if-none-match': '"stale"' } }
  for (const request of [...requests, { ...requests[0], ...stale }]) {
    const foreign = await callTasks(api, name, { by: eve, id: adasTask.id, ...request })
    const missing = await callTasks(api, name, { by: eve, id: randomUUID(), ...request })
    expect(comparable(foreign)).toEqual(comparable(missing))
    expect(foreign.status).toBe(404)
  }
  const { body } = await callTasks(api, 'get', { by: ada, id: adasTask.id })
  expect(taskSchema.parse(body)).toEqual(adasTask)
}

/** All of an answer that a client sees, but for the id that every request has of its own. */
function comparable({ status, body, headers }: Awaited<ReturnType<typeof callTasks>>) {
  const { requestId: _, ...problem } = problemSchema.parse(body)
  const fields = [...headers].filter(([field]) => field !== 'x-request-id')
  return { status, problem, fields }
}

describe('the tasks of another person', () => {
  it.each(Object.keys(tasksContract) as TaskRoute[])(
    'are out of reach by the route %s',
    async (name) => {
      expect(cases[name], `The route ${name} has no isolation case`).toBeTypeOf('function')
      await cases[name]()
    },
  )

  it('have a case for every route that takes an id', () => {
    const withId = Object.entries(tasksContract).filter(([, route]) => 'pathParams' in route)
    expect(Object.keys(requestsById).sort()).toEqual(withId.map(([name]) => name).sort())
  })
})
