import { randomUUID } from 'node:crypto'
import { problemSchema, taskETag, taskPageSchema, taskSchema } from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Person, startTestApi, type TestApi } from '../../test-api.ts'
import { callTasks } from './test-task-calls.ts'

let api: TestApi
let by: Person

beforeAll(async () => {
  api = await startTestApi()
})
beforeEach(async () => {
  by = await api.createPerson()
})
afterAll(() => api.close())

function create(key: string, body: object = { title: 'x' }, person = by) {
  return callTasks(api, 'create', { by: person, body, headers: { 'idempotency-key': key } })
}

async function listIds(): Promise<string[]> {
  const { body } = await callTasks(api, 'list', { by })
  return taskPageSchema.parse(body).items.map(({ id }) => id)
}

describe('a creation with an idempotency key', () => {
  it('is done once, however often it is sent', async () => {
    const body = { title: ' x ', labels: ['a'], dueDate: '2026-11-21' }
    const first = await create('k', body)
    expect(first.status).toBe(201)
    const again = await create('k', { dueDate: '2026-11-21', labels: ['a'], title: 'x' })
    expect(again.status).toBe(201)
    expect(again.body).toEqual(first.body)
    for (const name of ['location', 'etag']) {
      expect(again.headers.get(name)).toBe(first.headers.get(name))
    }
    expect(await listIds()).toHaveLength(1)
  })

  it('gives the first answer also after the task changed or was deleted for good', async () => {
    const first = taskSchema.parse((await create('k')).body)
    await callTasks(api, 'toggle', { by, id: first.id })
    const again = await create('k')
    expect(again.body).toEqual(first)
    expect(again.headers.get('etag')).toBe(taskETag(first))
    await callTasks(api, 'delete', { by, id: first.id, query: '?permanent=true' })
    expect((await create('k')).body).toEqual(first)
    expect(await listIds()).toEqual([])
  })

  it('is refused with another body, and nothing is created', async () => {
    await create('k')
    const { status, body } = await create('k', { title: 'y' })
    expect(status).toBe(422)
    expect(problemSchema.parse(body).errors).toMatchObject([
      { path: ['headers', 'idempotency-key'], code: 'key_reused' },
    ])
    expect(await listIds()).toHaveLength(1)
  })

  it('of fifty at once creates one task; the others get its answer or are told to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => create('k')))
    const created = answers.filter(({ status }) => status === 201)
    const inFlight = answers.filter(({ status }) => status === 409)
    expect(created.length).toBeGreaterThan(0)
    expect(created.length + inFlight.length).toBe(50)
    expect(new Set(created.map(({ body }) => taskSchema.parse(body).id)).size).toBe(1)
    for (const { headers } of inFlight) expect(headers.get('retry-after')).toBe('1')
    expect(await listIds()).toHaveLength(1)
    expect((await create('k')).status).toBe(201)
  })

  it('belongs to one person', async () => {
    const other = await api.createPerson()
    const first = taskSchema.parse((await create('k')).body)
    const second = taskSchema.parse((await create('k', { title: 'mine' }, other)).body)
    expect(second.id).not.toBe(first.id)
    const { rows } = await sql<{ count: number }>`select count(*) from idempotency_key`.execute(
      forUser(api.pool, other.id),
    )
    expect(rows).toEqual([{ count: 1 }])
  })

  it('leaves neither a task nor a key behind when the transaction is lost', async () => {
    // What a crash between the two writes leaves: all of it is undone.
    await sql`alter table idempotency_key add constraint broken check (key <> 'crash')`.execute(
      api.pool,
    )
    const { status } = await create('crash')
    await sql`alter table idempotency_key drop constraint broken`.execute(api.pool)
    expect(status).toBe(500)
    expect(await listIds()).toEqual([])
    expect((await create('crash')).status).toBe(201)
    expect(await listIds()).toHaveLength(1)
  })

  it('is free again after 24 hours', async () => {
    await create('k')
    await sql`update idempotency_key set created_at = now() - interval '24 hours 1 second'`.execute(
      forUser(api.pool, by.id),
    )
    const { status } = await create('k', { title: 'y' })
    expect(status).toBe(201)
    expect((await create('k', { title: 'y' })).status).toBe(201)
    expect(await listIds()).toHaveLength(2)
  })

  it('is a 401 when the account is gone', async () => {
    await api.pool.deleteFrom('user').where('id', '=', by.id).execute()
    expect((await create('k')).status).toBe(401)
  })

  it.each(['', 'a b', 'ä', 'x'.repeat(256)])('is refused when the key is %j', async (key) => {
    const { status } = await create(key)
    expect(status).toBe(422)
  })

  it('takes any other key, as a UUID', async () => {
    expect((await create(randomUUID())).status).toBe(201)
  })
})
