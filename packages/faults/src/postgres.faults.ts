import { setTimeout as sleep } from 'node:timers/promises'
import { connectDatabase } from '@tend/database/connect-database'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Postgres, runPostgres } from './run-postgres.ts'
import { type Person, runTend, type Tend } from './run-tend.ts'
import { findLosses, type Outcome, type SteadyWrites, writeSteadily } from './write-steadily.ts'

let postgres: Postgres
let tend: Tend
let ada: Person
let writes: SteadyWrites

beforeAll(async () => {
  postgres = await runPostgres()
  tend = await runTend(postgres.url)
})
afterAll(async () => {
  await tend.stop()
  await postgres.stop()
})
beforeEach(async () => {
  ada = await tend.register()
  writes = writeSteadily(tend.api.port, ada)
  await expect.poll(() => writes.outcomes.length, { timeout: 20_000 }).toBeGreaterThan(100)
})
afterEach(() => writes.stop())

/** Waits until a write fails, and tells when. Before that, answers of before are still on their way. */
async function waitForFailure(since: number): Promise<number> {
  const failed = () => writes.outcomes.find(({ status, at }) => status !== 201 && at > since)
  await expect.poll(failed, { timeout: 30_000, interval: 20 }).toBeDefined()
  return failed()?.at ?? Number.NaN
}

/** Waits until the database takes connections again, and tells when. */
async function waitForReturn(): Promise<number> {
  for (;;) {
    const db = connectDatabase(postgres.url, { maxConnections: 1, connectionTimeout: 1_000 })
    try {
      await sql`select 1`.execute(db)
      return performance.now()
    } catch {
      await sleep(20)
    } finally {
      await db.destroy()
    }
  }
}

/** Ends the writes a while later, and checks what has to hold whatever happened. */
async function settle(): Promise<Outcome[]> {
  await sleep(4000)
  const outcomes = await writes.stop()
  const statuses = new Set(outcomes.map(({ status }) => status))
  expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([])
  expect(outcomes.at(-1)?.status).toBe(201)
  expect(await findLosses(ada, outcomes)).toEqual({ lost: [], doubled: 0 })
  expect(tend.hasLostProcess()).toBe(false)
  const session = await fetch(`${tend.webUrl}/api/health`)
  expect(session.status).toBe(200)
  return outcomes
}

/** When the last write failed. */
function lastFailure(outcomes: Outcome[]): number {
  return Math.max(...outcomes.filter(({ status }) => status !== 201).map(({ at }) => at))
}

describe('under load, a PostgreSQL', () => {
  it('that is killed loses nothing acknowledged, and the last error comes within two seconds of its return', async () => {
    const killedAt = performance.now()
    await postgres.signal('SIGKILL')
    await waitForFailure(killedAt)
    const returned = await waitForReturn()
    const outcomes = await settle()
    expect(lastFailure(outcomes) - returned).toBeLessThan(2000)
    expect(outcomes.some(({ status }) => status === 503)).toBe(true)
  })

  it('that is restarted in order loses nothing acknowledged either', async () => {
    const stoppedAt = performance.now()
    await postgres.restart()
    const returned = await waitForReturn()
    await waitForFailure(stoppedAt)
    const outcomes = await settle()
    expect(lastFailure(outcomes) - returned).toBeLessThan(2000)
  })

  it('that freezes for five seconds keeps people waiting or sends them away, and the API goes on answering', async () => {
    await postgres.signal('SIGSTOP')
    const frozenAt = performance.now()
    while (performance.now() - frozenAt < 5000) {
      const askedAt = performance.now()
      const live = await fetch(`http://127.0.0.1:${tend.api.port}/health/live`)
      expect(live.status).toBe(200)
      expect(performance.now() - askedAt).toBeLessThan(1000)
      await sleep(200)
    }
    const thawedAt = performance.now()
    await postgres.signal('SIGCONT')
    const outcomes = await settle()
    const succeeded = outcomes.find(({ status, at }) => status === 201 && at > thawedAt)
    expect((succeeded?.at ?? Number.NaN) - thawedAt).toBeLessThan(2000)
    expect(lastFailure([...outcomes, { title: '', status: null, at: thawedAt }])).toBeLessThan(
      thawedAt + 2000,
    )
  })
})
