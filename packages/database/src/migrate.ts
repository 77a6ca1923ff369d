import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as betterAuth from './migrations/0001-better-auth.ts'
import * as task from './migrations/0002-task.ts'
import * as endedSession from './migrations/0003-ended-session.ts'
import * as taskViews from './migrations/0004-task-views.ts'
import * as taskTrashIndex from './migrations/0005-task-trash-index.ts'
import * as announceLater from './migrations/0006-announce-later.ts'

// They run in the order of their names. One that was released is never changed again.
const migrations: Record<string, Migration> = {
  '0001_better_auth': { up: betterAuth.up },
  '0002_task': { up: task.up },
  '0003_ended_session': { up: endedSession.up },
  '0004_task_views': { up: taskViews.up },
  '0005_task_trash_index': { up: taskTrashIndex.up },
  '0006_announce_later': { up: announceLater.up },
}

/** All migrations in their order. */
export const migrationNames = Object.keys(migrations)

const lockKey = 0x74656e64 // 'tend'
const longestWait = 10 * 60_000

/**
 * Brings the database to the newest schema: all pending migrations in one transaction, all or none. Any number of
 * processes may do it at once, one works and the others wait. Returns the names of the migrations it ran.
 *
 * Connect with `statementTimeout: 0`: a migration of a large table takes its time.
 */
export async function migrateToLatest<Schema>(db: Kysely<Schema>): Promise<string[]> {
  const giveUpAt = Date.now() + longestWait
  while (Date.now() < giveUpAt) {
    const applied = await db.transaction().execute(runUnlessLocked)
    if (applied) return applied
    await sleep(100)
  }
  throw new Error(
    'Another process has been migrating the database for 10 minutes: wait for it, then try again.',
  )
}

/** What `migrationStatus` reports. */
export type MigrationStatus = {
  migrations: { name: string; appliedAt: Date | null }[]
  /** Whether PostgreSQL itself keeps people's tasks apart. It does not for a superuser or a role with BYPASSRLS. */
  isRowSecurityActive: boolean
}

/** Tells which migrations the database has and whether row level security binds the role of the connection. */
export async function migrationStatus<Schema>(db: Kysely<Schema>): Promise<MigrationStatus> {
  const known = await createMigrator(db).getMigrations()
  const security = await sql<{ active: boolean }>`
    select coalesce(row_security_active(to_regclass('task')), false) as active`.execute(db)
  return {
    migrations: known.map(({ name, executedAt }) => ({ name, appliedAt: executedAt ?? null })),
    isRowSecurityActive: security.rows[0]?.active ?? false,
  }
}

// What the migrations make, for `dropSchema`.
const tables = [
  ...['idempotency_key', 'deleted_task', 'task'],
  ...['ended_session', 'rate_limit', 'verification', 'account', 'session', 'user'],
  ...['kysely_migration', 'kysely_migration_lock'],
]
const functions = [
  ...['record_ended_session', 'mark_task_change', 'announce_task_change', 'remember_deleted_task'],
  ...['tend_search_text', 'tend_title_key'],
]
const types = ['task_priority']

/** Drops all that the migrations made, with every account and task. Other tables of the database stay. */
export async function dropSchema<Schema>(db: Kysely<Schema>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${lockKey})`.execute(trx)
    for (const name of tables) await sql`drop table if exists ${sql.id(name)} cascade`.execute(trx)
    for (const name of functions) await sql`drop function if exists ${sql.id(name)}`.execute(trx)
    for (const name of types) await sql`drop type if exists ${sql.id(name)}`.execute(trx)
  })
}

// In a transaction: this lock goes with it whatever happens. Kysely takes one of its own beside it, for the session, which a
// pooler in transaction mode may keep after a failure: migrations go past it.
async function runUnlessLocked<Schema>(trx: Transaction<Schema>): Promise<string[] | undefined> {
  const lock = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(${lockKey}) as taken, set_config('statement_timeout', '0', true)
  `.execute(trx)
  if (!lock.rows[0]?.taken) return undefined
  const failures: Error[] = []
  const migrator = createMigrator(trx, (failure) => failures.push(failure))
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error === undefined) return results.map(({ migrationName }) => migrationName)
  // Kysely's own error comes from what it tried after the failure, in the transaction that is broken by then.
  throw (
    failures[0] ??
    new Error(`The database cannot be migrated: ${describe(error)}`, { cause: error })
  )
}

function createMigrator<Schema>(
  db: Kysely<Schema>,
  onFailure: (failure: Error) => void = () => {},
): Migrator {
  const reporting = Object.entries(migrations).map(([name, { up }]): [string, Migration] => {
    const upOrReport: Migration['up'] = async (trx) => {
      try {
        await up(trx)
      } catch (error) {
        const reason = describe(error)
        const message = `Migration ${name} failed, the database is unchanged: ${reason}`
        onFailure(new Error(message, { cause: error }))
        throw error
      }
    }
    return [name, { up: upOrReport }]
  })
  return new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(reporting) },
  })
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
