import { unwrap } from '@tend/contracts/client'
import { connectDatabase } from '@tend/database/connect-database'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { setUpDatabase, setUpTend } from './set-up-tend.ts'
import { waitForQuietMachine } from './wait-for-quiet-machine.ts'

const database = await setUpDatabase()
const { tend, ada } = await setUpTend({ databaseUrl: database.url })
const db = connectDatabase(database.url, { maxConnections: 1, statementTimeout: 0 })
afterAll(() => db.destroy())

/** Does some work while every statement on tasks has to wait. */
async function whileTasksAreLocked<Result>(work: () => Promise<Result>): Promise<Result> {
  return db.transaction().execute(async (trx) => {
    await sql`lock table task in access exclusive mode`.execute(trx)
    return work()
  })
}

async function ask(path: string, body?: object) {
  const startedAt = performance.now()
  const answer = await fetch(`http://127.0.0.1:${tend.api.port}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  await answer.arrayBuffer()
  const { status, headers } = answer
  return { status, retryAfter: headers.get('retry-after'), ms: performance.now() - startedAt }
}

describe('with every connection to the database in use', () => {
  it.for([
    { what: 'lists', path: '/api/tasks', body: undefined },
    { what: 'counts', path: '/api/tasks/counts', body: undefined },
    { what: 'writes', path: '/api/tasks', body: { title: 'Water the ferns' } },
  ])(
    '$what are told to come back within a second, and go on afterwards',
    { retry: 2, timeout: 120_000 },
    async ({ path, body }) => {
      await waitForQuietMachine()
      const all = await whileTasksAreLocked(async () => {
        const asked = Array.from({ length: 60 }, () => ask(path, body))
        // Ten hold the connections and wait for the lock; everybody else is told.
        const told: number[] = []
        for (const one of asked) void one.then(({ ms }) => told.push(ms))
        await expect.poll(() => told.length, { timeout: 8_000 }).toBe(50)
        expect(await ask('/health/live')).toMatchObject({ status: 200 })
        return asked
      })
      const ended = await Promise.all(all)
      const refused = ended.filter(({ status }) => status === 503)
      expect(refused).toHaveLength(50)
      expect(refused.filter(({ retryAfter }) => !/^\d+$/.test(retryAfter ?? ''))).toEqual([])
      expect(Math.max(...refused.map(({ ms }) => ms))).toBeLessThan(1_000)
      const success = body === undefined ? 200 : 201
      expect(ended.filter(({ status }) => status === success)).toHaveLength(10)
      expect(await ask(path, body)).toMatchObject({ status: success })
    },
  )
})

describe('a statement past its limit of ten seconds', () => {
  it.for([
    { what: 'reads', path: '/api/tasks', body: undefined },
    { what: 'writes', path: '/api/tasks', body: { title: 'Past its time' } },
  ])('is ended where it $what, and the request told to come back', async ({ path, body }) => {
    const answer = await whileTasksAreLocked(() => ask(path, body))
    expect(answer).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) })
    expect(answer.ms).toBeGreaterThan(9_000)
    expect(answer.ms).toBeLessThan(13_000)
    const { items } = await unwrap(ada.client.tasks.list({ query: { limit: 100 } }))
    expect(items.map(({ title }) => title)).not.toContain('Past its time')
    expect(tend.hasLostProcess()).toBe(false)
  })
})
