import { randomUUID } from 'node:crypto'
import {
  importTasksResultSchema,
  problemSchema,
  type Task,
  taskExportSchema,
  taskSchema,
} from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
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
const exportAll = async () => taskExportSchema.parse((await call('export')).body)
const fileOf = (tasks: unknown[]) => ({
  version: 1,
  exportedAt: '2026-11-21T09:30:00.000Z',
  tasks,
})

/** Reads CSV as RFC 4180 has it. */
function parseCsv(text: string): string[][] {
  const rows = text.replace(/^\ufeff/, '').matchAll(/((?:"(?:[^"]|"")*",?)+)\r\n/g)
  return [...rows].map(([, row = '']) =>
    [...row.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"')),
  )
}

describe('an export', () => {
  it('of no tasks is a whole document', async () => {
    expect((await exportAll()).tasks).toEqual([])
    const csv = await api.send('GET', '/api/tasks/export?format=csv', { token: by.token })
    const bytes = Buffer.from(await csv.arrayBuffer())
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(parseCsv(bytes.toString())).toEqual([
      [
        ...['id', 'title', 'description', 'isCompleted', 'dueDate', 'priority', 'labels'],
        ...['createdAt', 'updatedAt'],
      ],
    ])
  })

  it.each([1, 199, 200, 201, 400])('of %i tasks holds each once, oldest first', async (count) => {
    await sql`insert into task (user_id, id, title, created_at, updated_at)
      select ${by.id}, ('019aa5b0-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Task ' || n, now(), now()
      from generate_series(1, ${count}::int) as n`.execute(forUser(api.pool, by.id))
    const { tasks } = await exportAll()
    expect(tasks.map(({ title }) => title)).toEqual(
      Array.from({ length: count }, (_, index) => `Task ${index + 1}`),
    )
  })

  it('leaves out the trash, and is named as a file', async () => {
    const task = await addTask(api, by)
    await call('delete', { id: (await addTask(api, by)).id })
    const { body, headers } = await call('export')
    expect(taskExportSchema.parse(body).tasks).toEqual([task])
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="tend-tasks-\d{4}-\d\d-\d\d\.json"$/,
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1+1', '=cmd|" /C calc"!A0', 'a"b\r\n,c'])(
    'as CSV holds %j as a text',
    async (text) => {
      const body = { title: `x${text}`, description: text, labels: [text.trim(), 'b'] }
      await call('create', { body })
      const response = await api.send('GET', '/api/tasks/export?format=csv', { token: by.token })
      expect(response.headers.get('content-type')).toMatch(/^text\/csv/)
      const [, row = []] = parseCsv(await response.text())
      const safe = /^[a-z]/.test(text) ? text : `'${text}`
      expect(row.slice(1, 3)).toEqual([`x${text.trimEnd()}`, safe])
      expect(row).toHaveLength(9)
      for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r＝]/)
    },
  )
})

describe('an import', () => {
  it('brings to another account all that was exported, to the letter', async () => {
    for (const title of ['a', 'b']) {
      await call('create', { body: { title, dueDate: '2026-11-21', labels: ['x'] } })
    }
    const file = await exportAll()
    await call('toggle', { id: file.tasks[0]?.id ?? '' })
    const changed = await exportAll()
    by = await api.createPerson()
    expect((await call('import', { body: changed })).body).toEqual({ added: 2, existing: 0 })
    expect((await exportAll()).tasks).toEqual(changed.tasks)
    expect((await call('import', { body: changed })).body).toEqual({ added: 0, existing: 2 })
  })

  it('changes nothing that exists, nor what is in the trash', async () => {
    const [kept, trashed] = [await addTask(api, by), await addTask(api, by)]
    const file = await exportAll()
    await call('delete', { id: trashed.id })
    const other = file.tasks.map((task) => ({ ...task, title: 'changed' }))
    expect((await call('import', { body: { ...file, tasks: other } })).body).toEqual({
      added: 0,
      existing: 2,
    })
    expect((await exportAll()).tasks).toEqual([kept])
    expect((await call('restore', { id: trashed.id })).body).toMatchObject({ title: trashed.title })
  })

  it('counts a task that stands in the file twice once', async () => {
    const task = { ...(await addTask(api, by)), id: uuidv7() }
    const answer = await call('import', { body: fileOf([task, task]) })
    expect(answer.body).toEqual({ added: 1, existing: 1 })
  })

  it('of a file with a wrong task adds none, and says which one is wrong', async () => {
    const task = await addTask(api, by)
    const tasks = [
      { ...task, id: uuidv7() },
      { ...task, id: uuidv7(), title: '' },
      { ...task, id: randomUUID() },
      { ...task, id: uuidv7(), owner: 'me' },
      { ...task, id: uuidv7(), createdAt: '0000-01-01T00:00:00.000Z' },
    ]
    const { status, body } = await call('import', { body: fileOf(tasks) })
    expect(status).toBe(422)
    expect(problemSchema.parse(body).errors?.map(({ path }) => path.join('.'))).toEqual([
      'body.tasks.1.title',
      'body.tasks.2.id',
      'body.tasks.3.owner',
      'body.tasks.4.createdAt',
    ])
    expect((await exportAll()).tasks).toEqual([task])
  })

  it.each([
    ['a million things that are no tasks', `{"tasks":[${'{},'.repeat(1_000_000)}{}]}`],
    [
      'half a million unknown keys',
      JSON.stringify(Object.fromEntries(Array(500_000).fill(0).entries())),
    ],
  ])('of %s is refused, and holds nobody up', async (_name, body) => {
    const startedAt = performance.now()
    const answer = await call('import', { body })
    expect(performance.now() - startedAt).toBeLessThan(3_000)
    expect(answer.status).toBe(422)
    expect(problemSchema.parse(answer.body).errors?.length).toBe(50)
  })

  it('is one of at most four of a person at a time, however they end', async () => {
    const body = fileOf([await addTask(api, by)])
    const send = (token: string | undefined, file: unknown) =>
      api.send('POST', '/api/tasks/import', { token, body: file })
    const other = await api.createPerson()
    for (const file of [body, '{', body]) {
      const mine = Array.from({ length: 6 }, () => send(by.token, file))
      const [theirs, ...answers] = await Promise.all([send(other.token, body), ...mine])
      expect(theirs.status).toBe(200)
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused).toHaveLength(2)
      expect(refused[0]?.headers.get('retry-after')).toBe('2')
    }
  })

  it('takes no moment in the future, which would stop the versions of a task', async () => {
    const future = '9999-12-31T23:59:59.999Z'
    const task = { ...(await addTask(api, by)), id: uuidv7(), updatedAt: future }
    expect((await call('import', { body: fileOf([task]) })).status).toBe(200)
    const toggled = taskSchema.parse((await call('toggle', { id: task.id })).body)
    expect(Date.parse(toggled.updatedAt)).toBeLessThanOrEqual(Date.now())
  })

  it('of twenty thousand tasks fits, and several at once add each task once', async () => {
    const task = await addTask(api, by)
    const tasks: Task[] = Array.from({ length: 20_000 }, () => ({ ...task, id: uuidv7() }))
    const body = JSON.stringify(fileOf(tasks))
    expect(body.length).toBeGreaterThan(64 * 1024)
    const few = JSON.stringify(fileOf(tasks.slice(0, 2_000)))
    const bodies = [few, few, few]
    const answers = await Promise.all(bodies.map((each) => call('import', { body: each })))
    answers.push(await call('import', { body }))
    const added = answers.map((answer) => importTasksResultSchema.parse(answer.body).added)
    expect(added.sort((a, b) => a - b)).toEqual([0, 0, 2_000, 18_000])
  }, 60_000)
})
