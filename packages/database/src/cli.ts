import { parseArgs } from 'node:util'
import type { Kysely } from 'kysely'
import { Client } from 'pg'
import { restoreBackup } from './backup/restore-backup.ts'
import { writeBackup } from './backup/write-backup.ts'
import { connectDatabase } from './connect-database.ts'
import type { DatabaseSchema } from './database-schema.ts'
import { startEmbeddedPostgres } from './embedded-postgres/embedded-postgres.ts'
import { readCommandEnvironment } from './env.ts'
import { assertConnects } from './explain-connection-failure.ts'
import { dropSchema, migrateToLatest, migrationStatus } from './migrate.ts'
import { seedDemo } from './seed-demo.ts'

const usage = `Usage: pnpm db <command>

  migrate        bring the database to the newest schema
  status         show which migrations it has
  backup <file>  write all accounts and tasks to a file
  restore <file> read them from such a file into a database without accounts
  seed           add demo people with tasks
  reset --yes    delete all of Tend's data and begin anew

The database is the one of DATABASE_URL, or the embedded one under DATA_DIR. seed and reset touch
another machine's database only with --force.`

type Command = (db: Kysely<DatabaseSchema>, file: string) => Promise<void>

const commands = new Map<string, { run: Command; isForDevelopment: boolean; takesFile?: boolean }>([
  ['migrate', { run: migrate, isForDevelopment: false }],
  ['status', { run: showStatus, isForDevelopment: false }],
  ['backup', { run: backup, isForDevelopment: false, takesFile: true }],
  ['restore', { run: restore, isForDevelopment: false, takesFile: true }],
  ['seed', { run: seed, isForDevelopment: true }],
  ['reset', { run: reset, isForDevelopment: true }],
])

async function migrate(db: Kysely<DatabaseSchema>): Promise<void> {
  const applied = await migrateToLatest(db)
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'Nothing to migrate.')
}

async function showStatus(db: Kysely<DatabaseSchema>): Promise<void> {
  const { migrations, isRowSecurityActive } = await migrationStatus(db)
  for (const { name, appliedAt } of migrations) {
    console.log(`${name}  ${appliedAt ? `applied ${appliedAt.toISOString()}` : 'pending'}`)
  }
  if (migrations.some(({ appliedAt }) => appliedAt === null)) return
  console.log(
    isRowSecurityActive
      ? 'PostgreSQL keeps the tasks of different people apart (row level security).'
      : 'PostgreSQL does not keep the tasks of different people apart by itself: the queries alone do. Connect as a role that is neither superuser nor has BYPASSRLS.',
  )
}

async function backup(db: Kysely<DatabaseSchema>, file: string): Promise<void> {
  const { user, task } = await writeBackup(db, file)
  console.log(`Saved ${user} accounts and ${task} tasks in ${file}.`)
}

async function restore(db: Kysely<DatabaseSchema>, file: string): Promise<void> {
  const { user, task } = await restoreBackup(db, file)
  console.log(`Restored ${user} accounts and ${task} tasks. Everybody signs in again.`)
}

async function seed(db: Kysely<DatabaseSchema>): Promise<void> {
  await migrateToLatest(db)
  const added = await seedDemo(db)
  if (added.length === 0) console.log('The demo people are there already.')
  for (const { email, password } of added) console.log(`Log in as ${email} with ${password}`)
}

async function reset(db: Kysely<DatabaseSchema>): Promise<void> {
  await dropSchema(db)
  await migrate(db)
}

async function main(): Promise<void> {
  const { values: flags, positionals } = readArguments()
  const [name = '', file = ''] = positionals
  const command = commands.get(name)
  if (!command || positionals.length !== (command.takesFile ? 2 : 1)) throw new Error(usage)
  if (name === 'reset' && !flags.yes) {
    throw new Error('reset deletes every account and task: repeat it with --yes.')
  }
  const { databaseUrl, dataDir } = readCommandEnvironment()
  if (command.isForDevelopment && databaseUrl && !flags.force && !isLoopback(databaseUrl)) {
    throw new Error(
      `${name} is for development and DATABASE_URL is on another machine: repeat it with --force if you mean it.`,
    )
  }
  const run = (db: Kysely<DatabaseSchema>) => command.run(db, file)
  if (databaseUrl) return runOn(databaseUrl, run)
  const server = await startEmbeddedPostgres({ dataDir })
  try {
    await runOn(server.url, run)
  } finally {
    await server.stop()
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { yes: { type: 'boolean' }, force: { type: 'boolean' } },
    })
  } catch (error) {
    throw new Error(usage, { cause: error })
  }
}

async function runOn(
  url: string,
  run: (db: Kysely<DatabaseSchema>) => Promise<void>,
): Promise<void> {
  // Migrations take their time.
  const db = connectDatabase(url, { maxConnections: 2, statementTimeout: 0 })
  try {
    await assertConnects(db, url)
    await run(db)
  } finally {
    await db.destroy()
  }
}

/** Whether an address leads to this machine, as pg reads it: a `host` in its query counts and not the one ahead. */
function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { host } = new Client({ connectionString: url })
  return /^(localhost|127(\.\d+){3}|::1|\/.*)$/.test(host)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
