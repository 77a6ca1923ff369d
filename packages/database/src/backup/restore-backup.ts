import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { z } from 'zod'
import type { DatabaseSchema } from '../database-schema.ts'
import { migrateToLatest, migrationNames } from '../migrate.ts'
import {
  footerSchema,
  headerSchema,
  type RowCounts,
  savedTables,
  tableHeadSchema,
} from './backup-format.ts'

const rowsAtATime = 500

/**
 * Restores a backup into a database without accounts, all of it or nothing; the newest schema is made first. Returns the numbers of rows.
 * Throws when the file is no whole backup, comes from a newer version, or when there are accounts already.
 */
export async function restoreBackup(db: Kysely<DatabaseSchema>, file: string): Promise<RowCounts> {
  await migrateToLatest(db)
  return db.transaction().execute(async (trx) => {
    await sql`lock table "user" in exclusive mode`.execute(trx)
    await refuseAccounts(trx)
    await sql`select set_config('tend.user_id', 'everyone', true)`.execute(trx)
    const rows: RowCounts = { user: 0, account: 0, task: 0, idempotency_key: 0 }
    const lines = readLines(file)
    refuseNewer(await readHeader(lines))
    if (await insertRows(trx, lines, rows)) return rows
    throw new Error('The backup ends before its end: nothing was restored. Use another copy of it.')
  })
}

async function refuseAccounts(trx: Transaction<DatabaseSchema>): Promise<void> {
  const somebody = await trx.selectFrom('user').select('id').limit(1).executeTakeFirst()
  if (somebody === undefined) return
  throw new Error(
    'There are accounts in this database: restore into an empty one, and point DATABASE_URL or DATA_DIR there.',
  )
}

function refuseNewer(migrations: string[]): void {
  const unknown = migrations.filter((name) => !migrationNames.includes(name))
  if (unknown.length === 0) return
  throw new Error(
    `The backup comes from a newer version of Tend, which has ${unknown.join(', ')}: update first.`,
  )
}

async function* readLines(file: string): AsyncGenerator<string, undefined> {
  const text = createReadStream(file).on('error', (error) => unzipped.destroy(error))
  const unzipped = text.pipe(createGunzip()).setEncoding('utf8')
  try {
    // Not by readline: it ends a line at U+2028 as well, which stands in JSON, and in what people write, as it is.
    let rest = ''
    for await (const chunk of unzipped) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    if (rest !== '') yield rest
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The backup ${file} cannot be read: ${reason}`, { cause: error })
  } finally {
    text.destroy()
  }
}

async function readHeader(lines: AsyncGenerator<string, undefined>): Promise<string[]> {
  const { value } = await lines.next()
  const header = headerSchema.safeParse(parseLine(value ?? ''))
  if (header.success) return header.data.migrations
  throw new Error('The file is no backup of Tend: name one that pnpm db backup wrote.')
}

/** Inserts all rows; tells whether the end of the backup was reached and agrees. */
async function insertRows(
  trx: Transaction<DatabaseSchema>,
  lines: AsyncGenerator<string, undefined>,
  rows: RowCounts,
): Promise<boolean> {
  let head: z.infer<typeof tableHeadSchema> | undefined
  let waiting: string[] = []
  const insert = async () => {
    if (head === undefined || waiting.length === 0) return
    await insertBatch(trx, head, waiting)
    rows[head.table] += waiting.length
    waiting = []
  }
  for await (const line of lines) {
    if (line.startsWith('{"table":') || line.startsWith('{"rows":')) {
      await insert()
      const value = parseLine(line)
      const footer = footerSchema.safeParse(value)
      if (footer.success) {
        return savedTables.every((table) => footer.data.rows[table] === rows[table])
      }
      head = tableHeadSchema.parse(value)
    } else {
      waiting.push(line)
      if (waiting.length >= rowsAtATime) await insert()
    }
  }
  return false
}

/** The columns of the backup alone: what a later migration added gets its default. */
async function insertBatch(
  trx: Transaction<DatabaseSchema>,
  { table, columns }: z.infer<typeof tableHeadSchema>,
  lines: readonly string[],
): Promise<void> {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const rows = `[${lines.join(',')}]`
  await sql`
    insert into ${sql.table(table)} (${names})
    select ${names} from json_populate_recordset(null::${sql.table(table)}, ${rows}::json)`.execute(
    trx,
  )
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
