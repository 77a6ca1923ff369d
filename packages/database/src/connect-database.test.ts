import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { type ConnectDatabaseOptions, connectDatabase } from './connect-database.ts'
import type { DatabaseSchema } from './database-schema.ts'
import { forUser } from './for-user.ts'
import { isDatabaseUnavailable } from './is-database-unavailable.ts'
import { insertTask, insertUser } from './seed.ts'
import { StatementNames } from './statement-names.ts'
import { createTestDatabase } from './test-database.ts'

let url: string
let drop: () => Promise<void>
const opened: Kysely<DatabaseSchema>[] = []

beforeAll(async () => {
  ;({ url, drop } = await createTestDatabase())
})
afterEach(async () => {
  for (const db of opened.splice(0)) await db.destroy()
})
afterAll(() => drop())

function open(options: ConnectDatabaseOptions<'date'> = {}): Kysely<DatabaseSchema> {
  const db = connectDatabase(url, options)
  opened.push(db)
  return db
}

async function readSetting(db: Kysely<DatabaseSchema>, name: string): Promise<unknown> {
  const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(
    db,
  )
  return rows[0]?.value
}

async function countNames(db: Kysely<DatabaseSchema>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from pg_prepared_statements where name like 'tend\\_%'`.execute(db)
  return rows[0]?.count ?? Number.NaN
}

/** Ends every other connection to the database, as a restart of the server does. */
async function terminateOthers(killer: Kysely<DatabaseSchema>): Promise<void> {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(killer)
}

describe('column values', () => {
  it('come as dates by default', async () => {
    const db = open()
    const { id } = await insertUser(db)
    const task = await insertTask(db, id, { createdAt: new Date('2026-11-21T12:50:00.120Z') })
    expectTypeOf(task.created_at).toEqualTypeOf<Date>()
    expect(task.created_at).toEqual(new Date('2026-11-21T12:50:00.120Z'))
  })

  it('come as RFC 3339 texts where asked for', async () => {
    const db = connectDatabase(url, { timestamps: 'iso' })
    const { id } = await insertUser(db)
    const moments = [
      '2026-11-21T12:50:00.000Z',
      '2026-11-21T12:50:00.120Z',
      '2026-02-28T23:59:59.999Z',
    ]
    for (const moment of moments) {
      const task = await insertTask(db, id, { createdAt: new Date(moment) })
      expectTypeOf(task.created_at).toEqualTypeOf<string>()
      expect(task.created_at).toBe(moment)
    }
    await db.destroy()
  })

  it('are texts for calendar dates and numbers for bigints', async () => {
    const { rows } = await sql`select date '2026-02-28' as day, 7::bigint as big`.execute(open())
    expect(rows).toEqual([{ day: '2026-02-28', big: 7 }])
  })
})

describe('a connection', () => {
  it('works in UTC, under a time limit and under a name', async () => {
    const db = open({ statementTimeout: 1_234, applicationName: 'tend-test' })
    expect(await readSetting(db, 'TimeZone')).toBe('UTC')
    expect(await readSetting(db, 'statement_timeout')).toBe('1234ms')
    expect(await readSetting(db, 'application_name')).toBe('tend-test')
  })

  it('has no time limit when that is 0', async () => {
    expect(await readSetting(open({ statementTimeout: 0 }), 'statement_timeout')).toBe('0')
  })

  it('ends a statement that takes too long, and says that the database is too slow', async () => {
    const db = open({ statementTimeout: 100 })
    const error = await sql`select pg_sleep(5)`.execute(db).catch((reason: unknown) => reason)
    expect(isDatabaseUnavailable(error)).toBe(true)
    expect(await readSetting(db, 'TimeZone')).toBe('UTC')
  })

  it('lets an error tell where the query was made', async () => {
    const error = await sql`select nonsense`.execute(open()).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(error instanceof Error && error.stack).toContain('connect-database.test.ts')
  })
})

describe('the pool', () => {
  it('opens no more connections than allowed and runs what waits in turn', async () => {
    const db = open({ maxConnections: 2 })
    const pids = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const { rows } = await sql<{ pid: number }>`
          select pg_backend_pid() as pid, pg_sleep(0.01)`.execute(db)
        return rows[0]?.pid
      }),
    )
    expect(new Set(pids).size).toBe(2)
  })

  it('gives up waiting for a connection, and says that the database is too slow', async () => {
    const db = open({ maxConnections: 1, connectionTimeout: 100 })
    await db.connection().execute(async () => {
      const error = await sql`select 1`.execute(db).catch((reason: unknown) => reason)
      expect(isDatabaseUnavailable(error)).toBe(true)
    })
    await sql`select 1`.execute(db)
  })

  it('gives up sooner while all connections are in use, and loses none by that', async () => {
    const db = open({ maxConnections: 1, queueTimeout: 50 })
    await sql`select`.execute(db)
    const slow = sql`select pg_sleep(0.3)`.execute(db)
    const startedAt = performance.now()
    const error = await sql`select`.execute(db).catch((caught: unknown) => caught)
    expect(performance.now() - startedAt).toBeLessThan(250)
    expect(isDatabaseUnavailable(error)).toBe(true)
    await slow
    await sql`select`.execute(db)
  })

  it('reports a refused connection as an unavailable database', async () => {
    const db = connectDatabase('postgres://tend:tend@127.0.0.1:1/tend')
    const error = await sql`select 1`.execute(db).catch((reason: unknown) => reason)
    expect(isDatabaseUnavailable(error)).toBe(true)
    await db.destroy()
  })

  it('replaces connections that broke while idle, and reports them', async () => {
    const onConnectionLost = vi.fn()
    const db = open({ maxConnections: 1, onConnectionLost })
    await sql`select 1`.execute(db)
    await terminateOthers(open())
    await vi.waitFor(() => expect(onConnectionLost).toHaveBeenCalledOnce())
    await sql`select 1`.execute(db)
  })

  it('outlives a connection that breaks between two statements of a transaction', async () => {
    const db = open({ maxConnections: 1 })
    const killer = open()
    const error = await db
      .transaction()
      .execute(async (trx) => {
        await sql`select 1`.execute(trx)
        await terminateOthers(killer)
        await sleep(50)
        await sql`select 1`.execute(trx)
      })
      .catch((reason: unknown) => reason)
    expect(isDatabaseUnavailable(error)).toBe(true)
    await sql`select 1`.execute(db)
  })

  it('outlives a connection that breaks under a running query', async () => {
    const db = open({ maxConnections: 1 })
    const running = sql`select pg_sleep(10)`.execute(db).catch((reason: unknown) => reason)
    await sleep(100)
    await terminateOthers(open())
    expect(isDatabaseUnavailable(await running)).toBe(true)
    await sql`select 1`.execute(db)
  })

  it('rolls back a transaction that fails and goes on', async () => {
    const db = open({ maxConnections: 1 })
    const email = 'rolled-back@example.com'
    const failing = db.transaction().execute(async (trx) => {
      await insertUserRow(trx, email)
      throw new Error('No.')
    })
    await expect(failing).rejects.toThrow('No.')
    expect(await db.selectFrom('user').selectAll().where('email', '=', email).execute()).toEqual([])
  })

  it('does not take a transaction for committed that PostgreSQL rolled back', async () => {
    const db = open({ maxConnections: 1 })
    const committing = db.transaction().execute(async (trx) => {
      await sql`select nonsense`.execute(trx).catch(() => {})
    })
    await expect(committing).rejects.toThrow('rolled back')
  })
})

describe('prepared statements', () => {
  it('are made once a connection and used again', async () => {
    const db = open({ maxConnections: 1 })
    const before = await countNames(db)
    for (let index = 0; index < 3; index += 1) {
      await db.selectFrom('user').select('id').where('email', '=', `${index}`).execute()
    }
    expect(await countNames(db)).toBe(before + 1)
  })

  it('are bounded in number on each connection', async () => {
    const db = open({ maxConnections: 1 })
    for (let index = 0; index < 300; index += 1) await sql.raw(`select ${index}`).execute(db)
    expect(await countNames(db)).toBeLessThanOrEqual(250)
  })

  it('are not made where they are switched off', async () => {
    const db = open({ maxConnections: 1, preparedStatements: false })
    await db.selectFrom('user').select('id').where('email', '=', 'x').execute()
    expect(await countNames(db)).toBe(0)
  })

  it('are made anew when a migration changed their table under them', async () => {
    const db = open({ maxConnections: 1 })
    await sql`create table changing (a int)`.execute(db)
    const readAll = () => sql`select * from changing`.execute(db)
    await readAll()
    await sql`alter table changing add column b int`.execute(open())
    expect((await readAll()).rows).toEqual([])
    await sql`drop table changing`.execute(db)
  })

  it('end, for one person too, when a pooler threw them away', async () => {
    const db = open({ maxConnections: 1 })
    const { id } = await insertUser(db)
    const readTasks = () => forUser(db, id).selectFrom('task').selectAll().execute()
    await readTasks()
    await sql`deallocate all`.execute(db)
    expect(await readTasks()).toEqual([])
    expect(await countNames(db)).toBe(0)
  })

  it('end when a pooler shows one client the statements of another', async () => {
    const { rows } = await prepareForOther('select 1 as one')
    expect(rows).toEqual([{ one: 1 }])
  })
})

async function insertUserRow(db: Kysely<DatabaseSchema>, email: string): Promise<void> {
  await db.insertInto('user').values({ email, name: 'x', email_verified: false }).execute()
}

/** Runs a statement that another client of the same server connection has prepared under the same name. */
async function prepareForOther(text: string) {
  const db = open({ maxConnections: 1 })
  const name = new StatementNames().findName(text) ?? ''
  await sql`prepare ${sql.id(name)} as select 2 as two`.execute(db)
  const result = await sql.raw(text).execute(db)
  const names = await countNames(db)
  await sql`select 3`.execute(db)
  expect(await countNames(db)).toBe(names)
  return result
}
