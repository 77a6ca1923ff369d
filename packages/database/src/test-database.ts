import { createHash, randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Kysely, sql } from 'kysely'
import { connectDatabase } from './connect-database.ts'
import type { DatabaseSchema } from './database-schema.ts'
import {
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres/embedded-postgres.ts'
import { readTestServerUrl, testServerVariable } from './env.ts'
import { migrateToLatest, migrationNames } from './migrate.ts'

const directoryPrefix = 'tend-test-server-'

/**
 * Starts a throwaway PostgreSQL for tests, or uses the one TEND_TEST_DATABASE_URL names. It is not safe against a
 * loss of power. `stop` removes it with all its data, or does nothing when it was there before.
 */
export async function startTestServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const running = readTestServerUrl()
  if (running) return { url: running, stop: async () => {} }
  await removeAbandonedServers()
  const dataDir = await mkdtemp(path.join(tmpdir(), directoryPrefix))
  // Root's server runs as another account.
  await chmod(dataDir, 0o755)
  const server = await startEmbeddedPostgres({ dataDir, isThrowaway: true })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await removeEmbeddedPostgres(dataDir)
    },
  }
}

/** Clears away what test runs left that were killed. */
async function removeAbandonedServers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(directoryPrefix)) continue
    const dataDir = path.join(tmpdir(), name)
    const age = Date.now() - (await stat(dataDir)).mtimeMs
    // A younger one may be about to start. Another person's cannot be removed and need not be.
    if (age > 60_000) await removeEmbeddedPostgres(dataDir).catch(() => {})
  }
}

/**
 * Makes a fresh, migrated database for one test file, from a template that is migrated once. `drop` removes it.
 * Needs the server of `startTestServer`, which `@tend/database/vitest-global-setup` starts.
 */
export async function createTestDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const serverUrl = readTestServerUrl()
  if (!serverUrl) {
    throw new Error(
      `No test server: name '@tend/database/vitest-global-setup' as globalSetup in vitest.config.ts, or set ${testServerVariable}.`,
    )
  }
  const name = `tend_test_${randomUUID().replaceAll('-', '')}`
  await withServer(serverUrl, async (server) => {
    const template = await ensureTemplate(server, serverUrl)
    await sql`create database ${sql.id(name)} template ${sql.id(template)}`.execute(server)
  })
  return {
    url: nameDatabase(serverUrl, name),
    drop: () =>
      withServer(serverUrl, async (server) => {
        const drop = sql`drop database if exists ${sql.id(name)}`
        await sql`${drop} with (force)`.execute(server).catch(async (error: unknown) => {
          if (!isPermissionDenied(error)) throw error
          // Autovacuum is at work there, which only a plain drop may send away.
          await drop.execute(server)
        })
      }),
  }
}

function isPermissionDenied(error: unknown): boolean {
  const insufficientPrivilege = '42501'
  return error instanceof Error && 'code' in error && error.code === insufficientPrivilege
}

const templateLock = 0x746d706c // 'tmpl'

async function ensureTemplate(server: Kysely<DatabaseSchema>, serverUrl: string): Promise<string> {
  const schema = createHash('sha256').update(migrationNames.join()).digest('hex').slice(0, 12)
  const template = `tend_template_${schema}`
  await server.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${templateLock})`.execute(connection)
    try {
      const found = await sql`select from pg_database where datname = ${template}`.execute(
        connection,
      )
      if (found.rows.length > 0) return
      // Under another name until it is whole.
      const draft = `tend_draft_${randomUUID().replaceAll('-', '')}`
      await sql`create database ${sql.id(draft)}`.execute(connection)
      await withServer(nameDatabase(serverUrl, draft), migrateToLatest)
      await sql`alter database ${sql.id(draft)} rename to ${sql.id(template)}`.execute(connection)
    } finally {
      await sql`select pg_advisory_unlock(${templateLock})`.execute(connection)
    }
  })
  return template
}

async function withServer<T>(
  url: string,
  work: (db: Kysely<DatabaseSchema>) => Promise<T>,
): Promise<T> {
  const db = connectDatabase(url, { maxConnections: 1, statementTimeout: 60_000 })
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

function nameDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
