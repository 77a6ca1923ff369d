import { randomBytes } from 'node:crypto'
import { createTestDatabase } from '@tend/database/test-database'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { getDatabase, getHealthDatabase } from '../../../database.ts'
import { GET } from './route.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  database = await createTestDatabase()
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('BETTER_AUTH_SECRET', randomBytes(32).toString('base64'))
  vi.stubEnv('JWT_SECRET', randomBytes(32).toString('base64'))
})
afterAll(async () => {
  await getDatabase().destroy()
  await getHealthDatabase().destroy()
  await database.drop()
})

it('answers while every connection of the pool is at work and many requests wait for one', async () => {
  const work = Promise.all(
    Array.from({ length: 30 }, () => sql`select pg_sleep(0.5)`.execute(getDatabase())),
  )
  let isOver = false
  const end = () => {
    isOver = true
  }
  work.then(end, end)
  const answer = await GET(new Request('http://localhost/api/health'))
  expect(answer.status).toBe(200)
  expect(isOver).toBe(false)
  await work
})
