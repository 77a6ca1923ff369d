import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectDatabase } from './connect-database.ts'
import type { DatabaseSchema } from './database-schema.ts'
import { forUser } from './for-user.ts'
import { dropSchema, migrateToLatest, migrationNames, migrationStatus } from './migrate.ts'
import { insertTask, insertUser } from './seed.ts'
import { createTestDatabase } from './test-database.ts'

vi.setConfig({ testTimeout: 60_000 })

let url: string
let drop: () => Promise<void>
let db: Kysely<DatabaseSchema>

beforeEach(async () => {
  ;({ url, drop } = await createTestDatabase())
  db = connectDatabase(url)
})
afterEach(async () => {
  await db.destroy()
  await drop()
})

/** What stands in the schema: tables and views, functions, and types of their own. */
async function listObjects(): Promise<unknown[]> {
  const { rows } = await sql`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace
    union all select proname from pg_proc where pronamespace = 'public'::regnamespace
    union all select typname from pg_type where typnamespace = 'public'::regnamespace
    order by name`.execute(db)
  return rows
}

it('makes nobody an account', async () => {
  expect(await db.selectFrom('user').selectAll().execute()).toEqual([])
  expect(await db.selectFrom('account').selectAll().execute()).toEqual([])
})

it('runs what is pending, once, and says so', async () => {
  await dropSchema(db)
  expect((await migrationStatus(db)).migrations.map(({ appliedAt }) => appliedAt)).toEqual(
    migrationNames.map(() => null),
  )
  expect(await migrateToLatest(db)).toEqual(migrationNames)
  expect(await migrateToLatest(db)).toEqual([])
  for (const { appliedAt } of (await migrationStatus(db)).migrations) {
    expect(appliedAt).toBeInstanceOf(Date)
  }
})

it('is safe in five processes at once', async () => {
  await dropSchema(db)
  const program = `
    import { connectDatabase } from '${import.meta.dirname}/connect-database.ts'
    import { migrateToLatest } from '${import.meta.dirname}/migrate.ts'
    const db = connectDatabase(process.argv[1])
    console.log((await migrateToLatest(db)).length)
    await db.destroy()`
  const runs = Array.from({ length: 5 }, async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, url])
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk
    })
    await once(child, 'close')
    return output.trim()
  })
  expect((await Promise.all(runs)).sort()).toEqual(['0', '0', '0', '0', `${migrationNames.length}`])
})

it('leaves the database as it was when a migration fails', async () => {
  await dropSchema(db)
  // The second migration finds its table made already.
  await sql`create table task (id int)`.execute(db)
  await expect(migrateToLatest(db)).rejects.toThrow(
    'Migration 0002_task failed, the database is unchanged: relation "task" already exists',
  )
  expect(await listObjects()).toEqual([{ name: '_task' }, { name: 'task' }, { name: 'task' }])
})

it('refuses a database that is newer than the program', async () => {
  await sql`insert into kysely_migration values ('9999_future', '2026-01-01T00:00:00.000Z')`.execute(
    db,
  )
  await expect(migrateToLatest(db)).rejects.toThrow('9999_future')
})

it('can be undone to the last object it made, and begun anew', async () => {
  const made = await listObjects()
  await dropSchema(db)
  expect(await listObjects()).toEqual([])
  await migrateToLatest(db)
  expect(await listObjects()).toEqual(made)
})

it('tells whether PostgreSQL keeps people apart for the role of the connection', async () => {
  expect((await migrationStatus(db)).isRowSecurityActive).toBe(true)
  await sql`alter table task disable row level security`.execute(db)
  expect((await migrationStatus(db)).isRowSecurityActive).toBe(false)
})

describe('the task table', () => {
  it.each([
    ['an empty title', { title: '' }],
    ['a title of 201 characters', { title: 'x'.repeat(201) }],
    ['a description of 10,001 characters', { description: 'x'.repeat(10_001) }],
  ])('refuses %s', async (_name, task) => {
    const { id } = await insertUser(db)
    await expect(insertTask(db, id, task)).rejects.toMatchObject({ code: '23514' })
  })

  it('counts characters as the contract does, by code points', async () => {
    const { id } = await insertUser(db)
    const task = { title: '🌱'.repeat(200), description: '🌱'.repeat(10_000) }
    expect(await insertTask(db, id, task)).toMatchObject(task)
  })

  it('refuses a task of nobody', async () => {
    await expect(insertTask(db, crypto.randomUUID())).rejects.toMatchObject({ code: '23503' })
  })

  it('refuses a second task of one id for one person', async () => {
    const { id } = await insertUser(db)
    const task = await insertTask(db, id)
    const { title, description, created_at, updated_at } = task
    const values = { user_id: id, id: task.id, title, description, created_at, updated_at }
    const again = forUser(db, id).insertInto('task').values(values).execute()
    await expect(again).rejects.toMatchObject({ code: '23505' })
  })

  it('reads a page of one person, newest first, from its primary key alone', async () => {
    const { id } = await insertUser(db)
    const asUser = forUser(db, id)
    await sql`insert into task select ${id}, gen_random_uuid(), 'x', null, false, now(), now()
      from generate_series(1, 2000)`.execute(asUser)
    await sql`analyze task`.execute(db)
    // With few rows left before it, PostgreSQL would rightly read and sort them all.
    const cursor = 'f0000000-0000-4000-8000-000000000000'
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select * from task where user_id = ${id} and id < ${cursor}
      order by id desc limit 50`.execute(asUser)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('Index Scan Backward using task_pkey')
    expect(plan).not.toContain('Sort')
  })
})
