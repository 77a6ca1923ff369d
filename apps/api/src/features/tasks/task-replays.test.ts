import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { taskPageSchema, taskSchema } from '@tend/contracts'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Person, startTestApi, type TestApi } from '../../test-api.ts'
import { type ApiProcess, apiEnvironment, startApiProcess } from '../../test-api-process.ts'
import { callTasks } from './test-task-calls.ts'

// Creations with an Idempotency-Key against real processes, one of which is killed at the worst moments.

let api: TestApi
let by: Person
let one: ApiProcess
let two: ApiProcess

beforeAll(async () => {
  api = await startTestApi()
  await sql`
    create function wait_for_test() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock(4711);
      return null;
    end $$`.execute(api.pool)
  await sql`
    create trigger hold_write after insert on idempotency_key
    for each row when (new.key = 'before_the_commit') execute function wait_for_test()`.execute(
    api.pool,
  )
  await sql`
    create constraint trigger hold_commit after insert on idempotency_key
    deferrable initially deferred
    for each row when (new.key = 'at_the_commit') execute function wait_for_test()`.execute(
    api.pool,
  )
})
beforeEach(async () => {
  by = await api.createPerson()
  const environment = apiEnvironment(api.url)
  ;[one, two] = await Promise.all([startApiProcess(environment), startApiProcess(environment)])
})
afterEach(() => {
  for (const { child } of [one, two]) child.kill('SIGKILL')
})
afterAll(() => api.close())

/** Creates a task for a key; told to wait, it waits and sends the same again. */
async function create({ port }: ApiProcess, key: string) {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/api/tasks`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${by.token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify({ title: 'Once' }),
    })
    const body: unknown = await response.json()
    if (response.status !== 409) return { status: response.status, body }
    expect(response.headers.get('retry-after')).toBe('1')
    await sleep(50)
  }
}

async function listTasks() {
  const { body } = await callTasks(api, 'list', { by })
  return taskPageSchema.parse(body).items
}

/** How many statements of other connections wait for the lock of this test. */
async function countWaiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from pg_locks where locktype = 'advisory' and objid = 4711 and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(
    api.pool,
  )
  return rows[0]?.count ?? 0
}

/**
 * Sends a creation to the first process and kills it while PostgreSQL carries out the statement that the trigger holds: the
 * process learns nothing of how it ends.
 */
async function killAt(key: string, { isCarriedOut }: { isCarriedOut: boolean }) {
  const { answer } = await api.pool.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(4711)`.execute(trx)
    const answer = create(one, key).catch(() => 'none')
    await expect.poll(countWaiting).toBe(1)
    one.child.kill('SIGSTOP')
    return { answer }
  })
  await expect.poll(countWaiting).toBe(0)
  if (isCarriedOut) await expect.poll(async () => (await listTasks()).length).toBe(1)
  one.child.kill('SIGKILL')
  await once(one.child, 'exit')
  expect(await answer).toBe('none')
}

describe('a creation with an idempotency key', () => {
  it('whose process is killed between the write and the answer is not done again', async () => {
    await killAt('at_the_commit', { isCarriedOut: true })
    const [task] = await listTasks()
    for (let count = 0; count < 2; count += 1) {
      expect(await create(two, 'at_the_commit')).toEqual({ status: 201, body: task })
    }
    expect(await listTasks()).toEqual([task])
  })

  it('whose process is killed before the commit is done by the next request', async () => {
    await killAt('before_the_commit', { isCarriedOut: false })
    const { status, body } = await create(two, 'before_the_commit')
    expect(status).toBe(201)
    expect(await listTasks()).toEqual([taskSchema.parse(body)])
  })

  it('that fifty send at once to two processes creates one task, and all get the same answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => create(index % 2 === 0 ? one : two, 'fifty')),
    )
    const [task] = await listTasks()
    expect(answers).toEqual(Array(50).fill({ status: 201, body: task }))
    expect(await listTasks()).toHaveLength(1)
  })
})
