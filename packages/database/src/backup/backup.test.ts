import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type Kysely, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '../connect-database.ts'
import type { DatabaseSchema } from '../database-schema.ts'
import { forEveryone } from '../for-user.ts'
import { insertTask, insertUser } from '../seed.ts'
import { createTestDatabase } from '../test-database.ts'
import { savedTables, unsavedTables } from './backup-format.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

type Opened = { db: Kysely<DatabaseSchema>; close: () => Promise<void> }

let source: Opened
let target: Opened
let folder: string
let file: string

async function openDatabase(): Promise<Opened> {
  const { url, drop } = await createTestDatabase()
  const db = connectDatabase(url, { maxConnections: 2 })
  return {
    db,
    close: async () => {
      await db.destroy()
      await drop()
    },
  }
}

beforeAll(async () => {
  source = await openDatabase()
  const { db } = source
  for (let count = 0; count < 3; count += 1) {
    const { id } = await insertUser(db, { password: 'a rare parsnip' })
    await insertTask(db, id, {
      title: 'Ünïcode 漢字 "quoted" \\ and \t🌱',
      // JSON leaves U+2028 and U+2029 as they are, and other programs take them for the end of a line.
      description: 'Two\nlines, {"table":"user"}, \u2028and\u2029 \u0085more\r',
      priority: 'high',
      labels: ['a,b', '{c}', '"d"'],
      dueDate: '2026-11-24',
    })
    for (let task = 0; task < 400; task += 1) await insertTask(db, id, { isCompleted: true })
    await sql`insert into idempotency_key (user_id, key, request_hash, answer, created_at)
      values (${id}, 'k', 'h', '{"a": [1, "ß", null]}', now())`.execute(forEveryone(db))
  }
})
beforeEach(async () => {
  target = await openDatabase()
  folder = await mkdtemp(join(tmpdir(), 'tend-backup-'))
  file = join(folder, 'tend.backup')
})
afterEach(async () => {
  await target.close()
  await rm(folder, { recursive: true })
})
afterAll(() => source.close())

/** Every row of every table of a backup, without the numbers of transactions. */
async function readAll({ db }: Opened): Promise<Record<string, unknown[]>> {
  const tables = savedTables.map(async (table) => {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(t) - 'change_xid' as row from ${sql.table(table)} t order by 1`.execute(
      forEveryone(db),
    )
    return [table, rows.map(({ row }) => row)]
  })
  return Object.fromEntries(await Promise.all(tables))
}

describe('a backup', () => {
  it('restored into an empty database brings back every row', async () => {
    const counts = await writeBackup(source.db, file)
    expect(counts).toEqual({ user: 3, account: 3, task: 1203, idempotency_key: 3 })
    expect(await restoreBackup(target.db, file)).toEqual(counts)
    expect(await readAll(target)).toEqual(await readAll(source))
  })

  it('has every table of the database but those that are left out on purpose', async () => {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(source.db)
    expect(rows.map(({ name }) => name).sort()).toEqual([...savedTables, ...unsavedTables].sort())
  })

  it('can be read by its owner alone, and replaces no file', async () => {
    await writeBackup(source.db, file)
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    const before = await readFile(file)
    await expect(writeBackup(source.db, file)).rejects.toThrow('There is a file')
    expect(await readFile(file)).toEqual(before)
  })

  it('that fails leaves no file behind', async () => {
    const broken = source.db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async () => {
        throw new Error('lost')
      },
    })
    await expect(writeBackup(broken, file)).rejects.toThrow('lost')
    await expect(stat(file)).rejects.toThrow('ENOENT')
    await expect(stat(`${file}.partial`)).rejects.toThrow('ENOENT')
  })
})

describe('a restore is refused, and changes nothing,', () => {
  const lines = async () =>
    gunzipSync(await readFile(file))
      .toString()
      .split('\n')
  const rewrite = async (change: (all: string[]) => string[]) =>
    writeFile(file, gzipSync(change(await lines()).join('\n')))

  async function expectRefusal(message: RegExp): Promise<void> {
    await expect(restoreBackup(target.db, file)).rejects.toThrow(message)
    expect((await readAll(target)).user).toEqual([])
  }

  beforeEach(async () => {
    await writeBackup(source.db, file)
  })

  it('where there are accounts', async () => {
    await insertUser(target.db)
    await expect(restoreBackup(target.db, file)).rejects.toThrow(/There are accounts/)
  })

  it('of a file that is none', async () => {
    await writeFile(file, 'no gzip')
    await expectRefusal(/cannot be read/)
    await writeFile(file, gzipSync('{"format":"other"}\n'))
    await expectRefusal(/no backup of Tend/)
    await rm(file)
    await expectRefusal(/ENOENT/)
  })

  it('of a file that was cut off', async () => {
    const whole = await readFile(file)
    await writeFile(file, whole.subarray(0, whole.length / 2))
    await expectRefusal(/cannot be read/)
  })

  it('of a backup that lacks rows or its end', async () => {
    await rewrite((all) => all.filter((_, index) => index !== 100))
    await expectRefusal(/ends before its end/)
    await writeBackup(source.db, `${file}2`)
    await rewrite((all) => all.slice(0, -2))
    await expectRefusal(/ends before its end/)
  })

  it('of a backup of a newer version', async () => {
    await rewrite(([head = '', ...rest]) => [
      head.replace('"migrations":[', '"migrations":["9999_later",'),
      ...rest,
    ])
    await expectRefusal(/newer version of Tend, which has 9999_later/)
  })
})
