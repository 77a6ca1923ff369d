import { randomUUID } from 'node:crypto'
import { problemSchema, type Task, taskETag, taskPageSchema, taskSchema } from '@tend/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, startTestApi, type TestApi } from '../../test-api.ts'
import { addTask, callTasks, type TaskCall, type TaskRoute } from './test-task-calls.ts'

let api: TestApi
let ada: Person

beforeAll(async () => {
  api = await startTestApi()
  ada = await api.createPerson()
})
afterAll(() => api.close())

const call = (name: TaskRoute, request?: TaskCall) => callTasks(api, name, { by: ada, ...request })
const codeOf = (answer: { body: unknown }) => problemSchema.parse(answer.body).code

describe('creating a task', () => {
  it('answers 201 with the task, its address and its tag', async () => {
    const before = Date.now()
    const { status, body, headers } = await call('create', {
      body: { title: '  Call Grace  ', description: 'about the\ncompiler' },
    })
    expect(status).toBe(201)
    const task = taskSchema.parse(body)
    expect(task).toMatchObject({
      title: 'Call Grace',
      description: 'about the\ncompiler',
      isCompleted: false,
      updatedAt: task.createdAt,
    })
    expect(headers.get('location')).toBe(`/api/tasks/${task.id}`)
    expect(headers.get('etag')).toBe(taskETag(task))
    expect(Date.parse(task.createdAt)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(task.createdAt)).toBeLessThanOrEqual(Date.now() + 5)
  })

  it('takes the moment of creation into the id', async () => {
    const task = await addTask(api, ada)
    const milliseconds = Number.parseInt(task.id.replace('-', '').slice(0, 12), 16)
    expect(new Date(milliseconds).toISOString()).toBe(task.createdAt)
  })

  it.each([
    ['characters beyond the first plane', '🪴'.repeat(200)],
    ['quotes and SQL', `'; drop table task; --"\\`],
    ['control and direction marks', 'a\u200e\u202eb\u0007'],
  ])('keeps %s as they are', async (_name, title) => {
    const task = await addTask(api, ada, title)
    const { body } = await call('get', { id: task.id })
    expect(taskSchema.parse(body).title).toBe(title)
  })

  it('answers 401 when the account is gone but the token still lives', async () => {
    const gone = await api.createPerson()
    await api.pool.deleteFrom('user').where('id', '=', gone.id).execute()
    const answer = await call('create', { by: gone, body: { title: 'x' } })
    expect(codeOf(answer)).toBe('INVALID_TOKEN')
  })
})

describe('listing tasks', () => {
  it('goes through all of them page by page, newest first, each once', async () => {
    const by = await api.createPerson()
    const ids: string[] = []
    for (let count = 0; count < 7; count += 1) ids.unshift((await addTask(api, by)).id)
    const seen: string[] = []
    let cursor: string | null = null
    const sizes: number[] = []
    do {
      const query: string = cursor === null ? '?limit=3' : `?limit=3&cursor=${cursor}`
      const page = taskPageSchema.parse((await call('list', { by, query })).body)
      seen.push(...page.items.map((task) => task.id))
      sizes.push(page.items.length)
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(ids)
    expect(sizes).toEqual([3, 3, 1])
  })

  it('has no next page when the last one is full', async () => {
    const by = await api.createPerson()
    await addTask(api, by)
    await addTask(api, by)
    const page = taskPageSchema.parse((await call('list', { by, query: '?limit=2' })).body)
    expect(page.items).toHaveLength(2)
    expect(page.nextCursor).toBeNull()
  })

  it('lets the size of a page change along the way', async () => {
    const by = await api.createPerson()
    for (let count = 0; count < 4; count += 1) await addTask(api, by)
    const first = taskPageSchema.parse((await call('list', { by, query: '?limit=1' })).body)
    const query = `?limit=100&cursor=${first.nextCursor}`
    const rest = taskPageSchema.parse((await call('list', { by, query })).body)
    expect(rest.items).toHaveLength(3)
  })

  it('skips nothing when tasks are added and deleted between two pages', async () => {
    const by = await api.createPerson()
    const tasks: Task[] = []
    for (let count = 0; count < 4; count += 1) tasks.unshift(await addTask(api, by))
    const first = taskPageSchema.parse((await call('list', { by, query: '?limit=2' })).body)
    await addTask(api, by)
    await call('delete', { by, id: tasks[1]?.id ?? '' })
    const query = `?limit=2&cursor=${first.nextCursor}`
    const second = taskPageSchema.parse((await call('list', { by, query })).body)
    expect(second.items.map((task) => task.id)).toEqual(tasks.slice(2).map((task) => task.id))
  })

  it('shows 50 when no limit is given', async () => {
    const by = await api.createPerson()
    await Promise.all(Array.from({ length: 51 }, () => addTask(api, by)))
    const page = taskPageSchema.parse((await call('list', { by })).body)
    expect(page.items).toHaveLength(50)
    expect(page.nextCursor).not.toBeNull()
  })

  it('refuses a cursor that is none, was altered, or belongs to another person', async () => {
    const [by, other] = [await api.createPerson(), await api.createPerson()]
    for (const person of [by, other]) {
      await addTask(api, person)
      await addTask(api, person)
    }
    const cursorOf = async (person: Person) =>
      taskPageSchema.parse((await call('list', { by: person, query: '?limit=1' })).body).nextCursor
    const own = String(await cursorOf(by))
    const altered = (own.startsWith('A') ? 'B' : 'A') + own.slice(1)
    for (const cursor of ['x', own.slice(1), altered, `${own}A`, await cursorOf(other), '%00']) {
      const answer = await call('list', { by, query: `?cursor=${cursor}` })
      expect(answer.body).toMatchObject({
        code: 'VALIDATION_FAILED',
        errors: [{ path: ['query', 'cursor'] }],
      })
    }
    expect((await call('list', { by, query: `?cursor=${own}` })).status).toBe(200)
  })
})

describe('reading a task', () => {
  it('answers 200 with the task and its tag', async () => {
    const task = await addTask(api, ada)
    const { status, body, headers } = await call('get', { id: task.id })
    expect({ status, body }).toEqual({ status: 200, body: task })
    expect(headers.get('etag')).toBe(taskETag(task))
  })

  it('finds it under its id in capital letters', async () => {
    const task = await addTask(api, ada)
    expect((await call('get', { id: task.id.toUpperCase() })).body).toEqual(task)
  })

  it.each([
    ['the tag', (tag: string) => tag, 304],
    ['the weak tag', (tag: string) => `W/${tag}`, 304],
    ['the tag in a list', (tag: string) => `"x", W/"y" ,${tag}`, 304],
    ['anything', () => '*', 304],
    ['another tag', () => '"x"', 200],
    ['the tag without quotes', (tag: string) => tag.slice(1, -1), 200],
  ])('answers to If-None-Match with %s', async (_name, header, status) => {
    const task = await addTask(api, ada)
    const headers = { 'if-none-match': header(taskETag(task)) }
    const answer = await call('get', { id: task.id, headers })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('etag')).toBe(taskETag(task))
  })

  it('answers HEAD like GET, without the body', async () => {
    const task = await addTask(api, ada)
    const response = await api.send('HEAD', `/api/tasks/${task.id}`, { token: ada.token })
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).toBe(taskETag(task))
    expect(await response.text()).toBe('')
  })
})

describe('changing a task', () => {
  it.each<[string, Partial<Task>]>([
    ['the title', { title: 'Other' }],
    ['the description', { description: 'More' }],
    ['the description to nothing', { description: null }],
    ['whether it is completed', { isCompleted: true }],
    ['all of it', { title: 'All', description: '', isCompleted: true }],
  ])('changes %s and nothing else', async (_name, change) => {
    const task = await addTask(api, ada)
    const { status, body, headers } = await call('update', { id: task.id, body: change })
    expect(status).toBe(200)
    const changed = taskSchema.parse(body)
    expect(changed).toEqual({ ...task, ...change, updatedAt: changed.updatedAt })
    expect(changed.updatedAt > task.updatedAt).toBe(true)
    expect(headers.get('etag')).toBe(taskETag(changed))
    expect((await call('get', { id: task.id })).body).toEqual(changed)
  })

  it('gives every change a later moment, also when the clock stands still or goes back', async () => {
    const start = Date.now()
    const time = { now: start }
    const still = await startTestApi({ clock: () => time.now })
    try {
      const by = await still.createPerson()
      const task = await addTask(still, by)
      const moments = [task.updatedAt]
      for (time.now of [start, start, start - 4000, start + 1000]) {
        const request = { by, id: task.id, body: { title: 'x' } }
        const { body } = await callTasks(still, 'update', request)
        moments.push(taskSchema.parse(body).updatedAt)
      }
      const offsets = moments.map((moment) => Date.parse(moment) - start)
      expect(offsets).toEqual([0, 1, 2, 3, 1000])
    } finally {
      await still.close()
    }
  })
})

describe('toggling a task', () => {
  it('completes an open one and reopens a completed one', async () => {
    const task = await addTask(api, ada)
    const completed = taskSchema.parse((await call('toggle', { id: task.id })).body)
    expect(completed).toEqual({ ...task, isCompleted: true, updatedAt: completed.updatedAt })
    const reopened = taskSchema.parse((await call('toggle', { id: task.id, body: {} })).body)
    expect(reopened.isCompleted).toBe(false)
  })

  it('counts each of twenty at the same time', async () => {
    const task = await addTask(api, ada)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('toggle', { id: task.id })),
    )
    const states = answers.map((answer) => taskSchema.parse(answer.body))
    expect(states.filter((state) => state.isCompleted)).toHaveLength(10)
    expect(new Set(states.map((state) => state.updatedAt)).size).toBe(20)
  })
})

describe('deleting a task', () => {
  it('answers 204, and then the task is gone', async () => {
    const task = await addTask(api, ada)
    expect((await call('delete', { id: task.id })).status).toBe(204)
    expect((await call('get', { id: task.id })).status).toBe(404)
    expect((await call('delete', { id: task.id })).status).toBe(404)
  })
})

describe('a change with If-Match', () => {
  const changes: [TaskRoute, TaskCall][] = [
    ['update', { body: { title: 'Mine' } }],
    ['toggle', {}],
    ['delete', {}],
  ]

  it.each(changes)('(%s) is made when the tag is current', async (name, request) => {
    const task = await addTask(api, ada)
    const headers = { 'if-match': `"x", ${taskETag(task)}` }
    expect((await call(name, { ...request, id: task.id, headers })).status).toBeLessThan(300)
  })

  it.each(changes)('(%s) is made to any version of a task that is there', async (name, request) => {
    const task = await addTask(api, ada)
    const answer = await call(name, { ...request, id: task.id, headers: { 'if-match': '*' } })
    expect(answer.status).toBeLessThan(300)
  })

  it.each(changes)(
    '(%s) is not made when the tag is stale, weak or no tag',
    async (name, request) => {
      const task = await addTask(api, ada)
      const tag = taskETag(task)
      const later = taskSchema.parse(
        (await call('update', { id: task.id, body: { title: 'Theirs' } })).body,
      )
      const current = taskETag(later)
      const spellings = [
        tag,
        `W/${current}`,
        current.slice(1, -1),
        '"x"',
        `"0${current.slice(1)}`,
        '"zzzzzzzzzzzzzzzz"',
        // Moments that JavaScript knows and PostgreSQL does not: past the year 9999, and before the year 1.
        `"${(8.64e15).toString(36)}"`,
        `"${Date.parse('0000-12-31T00:00:00.000Z').toString(36)}"`,
        `"${(-8.64e15).toString(36)}"`,
        'nonsense',
      ]
      for (const header of spellings) {
        const answer = await call(name, {
          ...request,
          id: task.id,
          headers: { 'if-match': header },
        })
        expect([header, answer.status, codeOf(answer)]).toEqual([header, 412, 'TASK_CHANGED'])
      }
      expect((await call('get', { id: task.id })).body).toEqual(later)
    },
  )

  it.each(changes)('(%s) answers 404 before 412', async (name, request) => {
    for (const header of ['*', '"x"']) {
      const headers = { 'if-match': header }
      const answer = await call(name, { ...request, id: randomUUID(), headers })
      expect([answer.status, codeOf(answer)]).toEqual([404, 'TASK_NOT_FOUND'])
    }
  })

  it('is made by exactly one of ten who read the same version', async () => {
    const task = await addTask(api, ada)
    const headers = { 'if-match': taskETag(task) }
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, number) =>
        call('update', { id: task.id, headers, body: { title: `by ${number}` } }),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(9).fill(412)])
  })
})
