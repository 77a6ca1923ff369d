import { connectDatabase } from '@tend/database/connect-database'
import { createTestDatabase } from '@tend/database/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database.ts'
import { createRateLimits, type RateLimits } from './rate-limits.ts'

let testDatabase: Awaited<ReturnType<typeof createTestDatabase>>
let database: Database
let limits: RateLimits
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = connectDatabase(testDatabase.url)
  limits = createRateLimits(database)
})
afterAll(async () => {
  await database.destroy()
  await testDatabase.drop()
})

const rule = { window: 60, max: 3 }

/** Moves the begin of a window into the past. */
async function age(key: string, seconds: number): Promise<void> {
  await database
    .updateTable('rate_limit')
    .set((row) => ({ last_request: row('last_request', '-', seconds * 1000) }))
    .where('key', '=', key)
    .execute()
}

describe('the rate limits', () => {
  it('allow as many tries as the rule says and then none, with the time to wait', async () => {
    const results = []
    for (let i = 0; i < 5; i += 1) results.push(await limits.consume('a', rule))
    expect(results.map(({ allowed }) => allowed)).toEqual([true, true, true, false, false])
    expect(results.at(-1)?.retryAfter).toBeGreaterThan(55)
    expect(results.at(-1)?.retryAfter).toBeLessThanOrEqual(60)
  })

  it('let no parallel try slip through', async () => {
    const tries = Array.from({ length: 60 }, () => limits.consume('parallel', rule))
    const results = await Promise.all(tries)
    expect(results.filter(({ allowed }) => allowed)).toHaveLength(3)
  })

  it('count each key by itself', async () => {
    for (let i = 0; i < 4; i += 1) await limits.consume('b', rule)
    expect(await limits.consume('c', rule)).toEqual({ allowed: true, retryAfter: null })
  })

  it('begin anew when the window is over, however often somebody tried in it', async () => {
    for (let i = 0; i < 10; i += 1) await limits.consume('d', rule)
    await age('d', 59)
    expect(await limits.consume('d', rule)).toEqual({ allowed: false, retryAfter: 1 })
    await age('d', 1)
    expect((await limits.consume('d', rule)).allowed).toBe(true)
  })

  it('do not move the end of a window when somebody keeps trying', async () => {
    await limits.consume('e', rule)
    await age('e', 40)
    for (let i = 0; i < 5; i += 1) await limits.consume('e', rule)
    const { retryAfter } = await limits.consume('e', rule)
    expect(retryAfter).toBeLessThanOrEqual(20)
  })

  it('forget a key on request', async () => {
    for (let i = 0; i < 5; i += 1) await limits.consume('f', rule)
    await limits.reset('f')
    expect((await limits.consume('f', rule)).allowed).toBe(true)
  })

  it('stop counting before a flood overflows the counter', async () => {
    for (let i = 0; i < 10; i += 1) await limits.consume('g', rule)
    const row = await database
      .selectFrom('rate_limit')
      .select('count')
      .where('key', '=', 'g')
      .executeTakeFirstOrThrow()
    expect(row.count).toBe(rule.max + 1)
  })

  it('hold for several servers together', async () => {
    const other = createRateLimits(database)
    const tries = [limits, other, limits, other, limits].map((one) => one.consume('h', rule))
    const results = await Promise.all(tries)
    expect(results.filter(({ allowed }) => allowed)).toHaveLength(3)
  })

  it('sweep away the rows that mean nothing any more', async () => {
    await limits.consume('old', rule)
    await age('old', 3700)
    for (let i = 0; i < 500; i += 1) await limits.consume('busy', rule)
    const rows = await database.selectFrom('rate_limit').select('key').execute()
    expect(rows.map(({ key }) => key)).not.toContain('old')
    expect(rows.map(({ key }) => key)).toContain('busy')
  })
})
