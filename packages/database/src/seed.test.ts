import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectDatabase } from './connect-database.ts'
import type { DatabaseSchema } from './database-schema.ts'
import { forUser } from './for-user.ts'
import { verifyPassword } from './hash-password.ts'
import { insertTask, insertUser } from './seed.ts'
import { seedDemo } from './seed-demo.ts'
import { createTestDatabase } from './test-database.ts'

let db: Kysely<DatabaseSchema>
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await createTestDatabase()
  drop = database.drop
  db = connectDatabase(database.url)
})
afterAll(async () => {
  await db.destroy()
  await drop()
})

it('inserts a person with the password that was given, hashed', async () => {
  const { id } = await insertUser(db, { email: 'eve@example.com', password: 'orchid-train-window' })
  const account = await db
    .selectFrom('account')
    .selectAll()
    .where('user_id', '=', id)
    .executeTakeFirstOrThrow()
  expect(account).toMatchObject({ provider_id: 'credential', account_id: id })
  expect(account.password).not.toContain('orchid')
  const attempt = { hash: account.password ?? '', password: 'orchid-train-window' }
  expect(await verifyPassword(attempt)).toBe(true)
})

it('makes up people that differ', async () => {
  const people = await Promise.all([insertUser(db), insertUser(db)])
  expect(new Set(people.map(({ email }) => email)).size).toBe(2)
})

it('gives a task an id that sorts by its time', async () => {
  const { id } = await insertUser(db)
  for (const day of ['2026-03-02', '2026-03-01', '2026-03-03']) {
    await insertTask(db, id, { title: day, createdAt: new Date(day) })
  }
  const tasks = await forUser(db, id).selectFrom('task').select('title').orderBy('id').execute()
  expect(tasks.map(({ title }) => title)).toEqual(['2026-03-01', '2026-03-02', '2026-03-03'])
})

it('adds the demo people once', async () => {
  const added = await seedDemo(db)
  expect(added.length).toBeGreaterThan(1)
  expect(await seedDemo(db)).toEqual([])
  const ada = await db
    .selectFrom('user')
    .select('id')
    .where('email', '=', added[0]?.email ?? '')
    .executeTakeFirstOrThrow()
  const tasks = await forUser(db, ada.id).selectFrom('task').select('title').execute()
  expect(tasks.length).toBeGreaterThan(5)
})
