import { connectDatabase } from '@tend/database/connect-database'
import { createLogger } from '@tend/runtime/logger'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startTestApi, type TestApi } from './test-api.ts'
import { apiEnvironment, startApiProcess } from './test-api-process.ts'
import { warnOfRowSecurity } from './warn-of-row-security.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

async function readWarnings(db = api.pool): Promise<unknown[]> {
  const lines: string[] = []
  const log = createLogger({ name: 'test', level: 'warn' }, { write: (line) => lines.push(line) })
  await warnOfRowSecurity(db, log)
  return lines.map((line) => JSON.parse(line).event)
}

it('says nothing where PostgreSQL keeps people apart, nor when it is away', async () => {
  expect(await readWarnings()).toEqual([])
  const away = connectDatabase('postgres://nobody@127.0.0.1:1/none', { timestamps: 'iso' })
  expect(await readWarnings(away)).toEqual([])
  await away.destroy()
})

it('is the warning of an API whose role the policies do not bind', async () => {
  // The owner of a table is bound only because the migration says so.
  await sql`alter table task no force row level security`.execute(api.pool)
  const { child, lines } = await startApiProcess(apiEnvironment(api.url))
  const warning = expect.objectContaining({ event: 'database.row_security_off', level: 'warn' })
  await vi.waitFor(() => expect(lines).toContainEqual(warning), { timeout: 5_000 })
  child.kill('SIGKILL')
})
