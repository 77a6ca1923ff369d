import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { betterAuthTables } from './better-auth-tables.ts'
import { connectDatabase } from './connect-database.ts'
import type { DatabaseSchema } from './database-schema.ts'
import { hashPassword, verifyPassword } from './hash-password.ts'
import { insertUser } from './seed.ts'
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

const migrationsOf = (options: typeof betterAuthTables) =>
  getMigrations({ ...options, database: { db, type: 'postgres' } })

it('leaves Better Auth nothing to create, to add or to complain of', async () => {
  const { toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems, unsafeChanges } =
    await migrationsOf(betterAuthTables)
  expect({ toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems, unsafeChanges }).toEqual({
    toBeCreated: [],
    toBeAdded: [],
    toBeAddedIndexes: [],
    schemaProblems: [],
    unsafeChanges: [],
  })
})

it('would notice a column, a table and an index that are not there', async () => {
  await sql`alter table "user" rename column image to picture`.execute(db)
  await sql`alter table rate_limit rename to rate_limits`.execute(db)
  const { toBeCreated, toBeAdded } = await migrationsOf(betterAuthTables)
  expect(toBeCreated.map(({ table }) => table)).toEqual(['rate_limit'])
  expect(toBeAdded.map(({ table }) => table)).toEqual(['user'])
  await sql`alter table "user" rename column picture to image`.execute(db)
  await sql`alter table rate_limits rename to rate_limit`.execute(db)
})

it.each([
  ['user', 'email', true],
  ['session', 'token', true],
  ['session', 'user_id', false],
  ['account', 'user_id', false],
  ['verification', 'identifier', false],
  ['rate_limit', 'key', true],
])('finds rows of %s by %s through an index', async (table, column, isUnique) => {
  const { rows } = await sql`
    select indisunique as "isUnique" from pg_index
    join pg_attribute on attrelid = indrelid and attnum = indkey[0]
    where indrelid = ${`"${table}"`}::regclass and attname = ${column} and indnatts = 1`.execute(db)
  expect(rows).toEqual([{ isUnique }])
})

it('works for registering, logging in, sessions and rate limits', async () => {
  const auth = betterAuth({
    ...betterAuthTables,
    baseURL: 'http://localhost:3000',
    secret: 'M0n5JpQw7Zr4Tk8Vb2Xc6Lf9Hd3Gs1Ya',
    database: { db, type: 'postgres' },
    emailAndPassword: {
      enabled: true,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    rateLimit: { ...betterAuthTables.rateLimit, enabled: true },
    logger: { disabled: true },
    advanced: { ...betterAuthTables.advanced, ipAddress: { ipAddressHeaders: ['x-client'] } },
  })
  const post = (path: string, body: object) =>
    auth.handler(
      new Request(`http://localhost:3000/api/auth${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: 'http://localhost:3000',
          'x-client': '192.0.2.1',
        },
        body: JSON.stringify(body),
      }),
    )
  const person = { email: 'cleo@example.com', password: 'tulip-harbour-violin' }
  expect((await post('/sign-up/email', { ...person, name: 'Cleo' })).status).toBe(200)
  expect((await post('/sign-in/email', person)).status).toBe(200)
  expect((await post('/sign-in/email', { ...person, password: 'wrong-one' })).status).toBe(401)
  const user = await db.selectFrom('user').selectAll().executeTakeFirstOrThrow()
  expect(user).toMatchObject({ email: person.email, created_at: expect.any(Date) })
  expect(await db.selectFrom('session').select('user_id').execute()).toContainEqual({
    user_id: user.id,
  })
  const limits = await db.selectFrom('rate_limit').selectAll().execute()
  expect(limits).not.toEqual([])
  for (const { last_request } of limits) expect(last_request).toBeTypeOf('number')
})

it('lets a seeded person log in', async () => {
  const person = { email: 'dora@example.com', password: 'maple-river-candle' }
  await insertUser(db, person)
  const auth = betterAuth({
    ...betterAuthTables,
    baseURL: 'http://localhost:3000',
    secret: 'M0n5JpQw7Zr4Tk8Vb2Xc6Lf9Hd3Gs1Ya',
    database: { db, type: 'postgres' },
    emailAndPassword: { enabled: true, password: { hash: hashPassword, verify: verifyPassword } },
  })
  const { user } = await auth.api.signInEmail({ body: person })
  expect(user.email).toBe(person.email)
})
