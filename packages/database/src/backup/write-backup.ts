import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DatabaseSchema } from '../database-schema.ts'
import { migrationNames, migrationStatus } from '../migrate.ts'
import { type RowCounts, type SavedTable, savedTables } from './backup-format.ts'

const rowsAtATime = 500

/**
 * Writes all accounts and tasks to a compressed file that its owner alone can read, as they are at one moment; others may go on
 * writing meanwhile. The file is there when it is whole. Returns the numbers of rows. Throws when the file exists already.
 */
export async function writeBackup(db: Kysely<DatabaseSchema>, file: string): Promise<RowCounts> {
  if (existsSync(file)) throw new Error(`There is a file ${file} already: name another one.`)
  const draft = `${file}.partial`
  const rows: RowCounts = { user: 0, account: 0, task: 0, idempotency_key: 0 }
  const output = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })
  await once(output, 'open')
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((trx) => pipeline(Readable.from(writeLines(trx, rows)), createGzip(), output))
    await rename(draft, file)
    return rows
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

async function* writeLines(trx: Transaction<DatabaseSchema>, rows: RowCounts) {
  // Row level security hides everything from whoever does not say this.
  await sql`select set_config('tend.user_id', 'everyone', true)`.execute(trx)
  yield toLine({
    format: 'tend-backup',
    version: 1,
    createdAt: new Date().toISOString(),
    migrations: await readMigrations(trx),
  })
  for (const table of savedTables) {
    const columns = await findColumns(trx, table)
    yield toLine({ table, columns })
    for await (const texts of readRows(trx, table, columns)) {
      rows[table] += texts.length
      yield texts.map((text) => `${text}\n`).join('')
    }
  }
  yield toLine({ rows })
}

function toLine(value: object): string {
  return `${JSON.stringify(value)}\n`
}

async function readMigrations(trx: Transaction<DatabaseSchema>): Promise<string[]> {
  const { migrations } = await migrationStatus<DatabaseSchema>(trx)
  const applied = migrations.filter(({ appliedAt }) => appliedAt !== null).map(({ name }) => name)
  if (applied.length === migrationNames.length) return applied
  throw new Error('The database is not up to date: run pnpm db migrate first.')
}

/**
 * The columns that are to be restored as they are. Generated ones follow from the others; numbers of transactions mean something
 * else, or nothing, on another server.
 */
async function findColumns(trx: Transaction<DatabaseSchema>, table: SavedTable): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = ${table}
      and is_generated = 'NEVER' and column_name <> 'change_xid'
    order by ordinal_position`.execute(trx)
  return rows.map(({ name }) => name)
}

/** Reads a table through a cursor: the memory holds a page of it. */
async function* readRows(
  trx: Transaction<DatabaseSchema>,
  table: SavedTable,
  columns: readonly string[],
): AsyncGenerator<string[]> {
  const selected = sql.join(columns.map((column) => sql.ref(column)))
  await sql`
    declare backup no scroll cursor for
    select row_to_json(saved)::text as line from (select ${selected} from ${sql.table(table)}) saved`.execute(
    trx,
  )
  for (;;) {
    const fetch = sql<{ line: string }>`fetch forward ${sql.lit(rowsAtATime)} from backup`
    const { rows } = await fetch.execute(trx)
    if (rows.length === 0) break
    yield rows.map(({ line }) => line)
  }
  await sql`close backup`.execute(trx)
}
