import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as betterAuth from './migrations/0001-better-auth.ts'
import * as task from './migrations/0002-task.ts'
import * as endedSession from './migrations/0003-ended-session.ts'

// They run in the order of their names. One that was released is never changed again.
const migrations: Record<string, Migration> = {
  '0001_better_auth': betterAuth,
  '0002_task': task,
  '0003_ended_session': endedSession,
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

// In a transaction: the lock goes with it whatever happens, and a transaction pooler keeps it on one connection.
async function runUnlessLocked<Schema>(trx: Transaction<Schema>): Promise<string[] | undefined> {
  const lock = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(${lockKey}) as taken, set_config('statement_timeout', '0', true)
  `.execute(trx)
  if (!lock.rows[0]?.taken) return undefined
  const { error, results = [] } = await createMigrator(trx).migrateToLatest()
  if (error === undefined) return results.map(({ migrationName }) => migrationName)
  const failed = results.find(({ status }) => status === 'Error')
  const reason = error instanceof Error ? error.message : String(error)
  const subject = failed ? `Migration ${failed.migrationName}` : 'Migrating'
  throw new Error(`${subject} failed, the database is unchanged: ${reason}`, { cause: error })
}

function createMigrator<Schema>(db: Kysely<Schema>): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => migrations } })
}
