import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { connectDatabase } from '../connect-database.ts'
import type { DatabaseSchema } from '../database-schema.ts'
import { isDatabaseUnavailable } from '../is-database-unavailable.ts'
import {
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres.ts'
import {
  killHolders,
  listServerProcesses,
  readServerPid,
  startHolder,
  waitUntil,
} from './test-holder.ts'

// A first start takes seconds while others use the machine.
vi.setConfig({ testTimeout: 60_000 })

let dataDir: string
const connections: Kysely<DatabaseSchema>[] = []
const uses: EmbeddedPostgres[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'tend-embedded-'))
  await chmod(dataDir, 0o755)
})
afterEach(async () => {
  for (const db of connections.splice(0)) await db.destroy()
  killHolders()
  for (const use of uses.splice(0)) await use.stop()
  // What a failed test left running ends with the data.
  expect(await removeEmbeddedPostgres(dataDir)).toBe(true)
})

function connect(url: string): Kysely<DatabaseSchema> {
  const db = connectDatabase(url, { maxConnections: 4 })
  connections.push(db)
  return db
}

async function start(): Promise<EmbeddedPostgres> {
  const use = await startEmbeddedPostgres({ dataDir })
  uses.push(use)
  return use
}

/** Writes numbers one after another until told to stop; keeps those whose write was acknowledged. */
function writeNumbers(db: Kysely<DatabaseSchema>) {
  const acknowledged: number[] = []
  let isStopping = false
  const writing = (async () => {
    for (let number = 0; !isStopping; number += 1) {
      try {
        await sql`insert into numbers values (${number})`.execute(db)
        acknowledged.push(number)
      } catch (error) {
        if (!isDatabaseUnavailable(error)) throw error
        await sleep(20)
      }
    }
  })()
  return {
    acknowledged,
    stop: async () => {
      isStopping = true
      await writing
    },
  }
}

/** The folders in which first starts, cut short or not yet done, make their database. */
async function listDrafts(): Promise<string[]> {
  const store = path.join(dataDir, 'postgres', 'store')
  const names = await readdir(store).catch(() => [])
  return names.filter((name) => name.startsWith('new-')).map((name) => path.join(store, name))
}

async function readNumbers(db: Kysely<DatabaseSchema>): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`select n from numbers order by n`.execute(db)
  return rows.map(({ n }) => n)
}

describe('the embedded server', () => {
  it('keeps its data and its port across a clean stop, which leaves no process', async () => {
    const first = await start()
    await sql`create table kept as select 42 as answer`.execute(connect(first.url))
    expect(await listServerProcesses(dataDir)).not.toEqual([])
    await first.stop()
    await first.stop()
    expect(await listServerProcesses(dataDir)).toEqual([])
    const second = await start()
    expect(second.url).toBe(first.url)
    const { rows } = await sql`select answer from kept`.execute(connect(second.url))
    expect(rows).toEqual([{ answer: 42 }])
    await second.stop()
  })

  it('listens on the loopback address alone, asks for the password, and syncs to disk', async () => {
    const server = await start()
    const db = connect(server.url)
    const { rows } = await sql`select
      current_setting('listen_addresses') as listen,
      current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync,
      current_setting('full_page_writes') as pages, current_setting('password_encryption') as passwords,
      current_setting('server_encoding') as encoding,
      (select datcollate from pg_database where datname = 'tend') as collation,
      (select rolsuper or rolbypassrls or rolcreatedb from pg_roles where rolname = current_user) as mighty
    `.execute(db)
    expect(rows).toEqual([
      {
        listen: '127.0.0.1',
        fsync: 'on',
        sync: 'on',
        pages: 'on',
        passwords: 'scram-sha-256',
        encoding: 'UTF8',
        collation: 'C',
        mighty: false,
      },
    ])
    for (const [user, password] of [
      ['tend', 'wrong'],
      ['tend', ''],
      ['postgres', ''],
      ['postgres', 'postgres'],
    ]) {
      const url = new URL(server.url)
      url.username = user ?? ''
      url.password = password ?? ''
      await expect(sql`select 1`.execute(connect(url.href))).rejects.toThrow(/password|SASL/)
    }
    expect(existsSync(`/tmp/.s.PGSQL.${new URL(server.url).port}`)).toBe(false)
    await server.stop()
  })

  it('keeps its passwords to its own account', async () => {
    const server = await start()
    const cluster = path.join(dataDir, 'postgres', 'store', 'cluster')
    expect((await stat(path.join(cluster, 'tend-access.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(cluster)).mode & 0o777).toBe(0o700)
    const password = new URL(server.url).password
    expect(await readFile(path.join(cluster, 'server.log'), 'utf8')).not.toContain(password)
    await server.stop()
  })

  it('is shared by several that start at once, and stopped by the last', async () => {
    const holders = await Promise.all([
      startHolder(dataDir),
      startHolder(dataDir),
      startHolder(dataDir),
    ])
    expect(new Set(holders.map(({ url }) => url)).size).toBe(1)
    const own = await start()
    const pid = await readServerPid(dataDir)
    for (const holder of holders) await holder.stop()
    await sql`select 1`.execute(connect(own.url))
    expect(await readServerPid(dataDir)).toBe(pid)
    await own.stop()
    expect(await listServerProcesses(dataDir)).toEqual([])
  })

  it('is used twice by one process without being stopped under its other use', async () => {
    const [first, second] = await Promise.all([start(), start()])
    await first.stop()
    await sql`select 1`.execute(connect(second.url))
    await second.stop()
    expect(await listServerProcesses(dataDir)).toEqual([])
  })

  it('does not hear the Ctrl-C of a terminal', async () => {
    const holder = await startHolder(dataDir)
    const own = await start()
    // To the whole process group, as a terminal sends it.
    process.kill(-(holder.child.pid ?? 0), 'SIGINT')
    await waitUntil(async () => holder.child.signalCode === 'SIGINT')
    await sleep(200)
    await sql`select 1`.execute(connect(own.url))
    await own.stop()
    expect(await listServerProcesses(dataDir)).toEqual([])
  })
})

describe('after a kill -9', () => {
  it('of the server under writes, and after an orderly stop, all acknowledged writes are there and the pool works on', async () => {
    const server = await start()
    const db = connect(server.url)
    await sql`create table numbers (n int primary key)`.execute(db)
    const writers = writeNumbers(db)
    for (const signal of ['SIGKILL', 'SIGINT', 'SIGKILL'] as const) {
      const target = writers.acknowledged.length + 30
      await waitUntil(async () => writers.acknowledged.length >= target)
      process.kill(await readServerPid(dataDir), signal)
      const atKill = writers.acknowledged.length
      await waitUntil(async () => writers.acknowledged.length > atKill + 30)
    }
    await writers.stop()
    expect(await readNumbers(db)).toEqual(expect.arrayContaining(writers.acknowledged))
    await server.stop()
    expect(await listServerProcesses(dataDir)).toEqual([])
  })

  it('of one of its helpers under writes, all acknowledged writes are there', async () => {
    const server = await start()
    const db = connect(server.url)
    await sql`create table numbers (n int primary key)`.execute(db)
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
    const writers = writeNumbers(db)
    await waitUntil(async () => writers.acknowledged.length > 30)
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL')
    const atKill = writers.acknowledged.length
    await waitUntil(async () => writers.acknowledged.length > atKill + 30)
    await writers.stop()
    expect(await readNumbers(db)).toEqual(expect.arrayContaining(writers.acknowledged))
    await server.stop()
  })

  it('of its user, the next one takes over the orphan with all it was told', async () => {
    const holder = await startHolder(dataDir)
    const db = connect(holder.url)
    await sql`create table numbers (n int primary key)`.execute(db)
    const writers = writeNumbers(db)
    await waitUntil(async () => writers.acknowledged.length > 30)
    const pid = await readServerPid(dataDir)
    holder.child.kill('SIGKILL')
    const next = await start()
    expect(next.url).toBe(holder.url)
    expect(await readServerPid(dataDir)).toBe(pid)
    await writers.stop()
    expect(await readNumbers(db)).toEqual(expect.arrayContaining(writers.acknowledged))
    await next.stop()
    expect(await listServerProcesses(dataDir)).toEqual([])
  })

  it('of its user and itself at once, the next one recovers', async () => {
    const holder = await startHolder(dataDir)
    const db = connect(holder.url)
    await sql`create table numbers (n int primary key)`.execute(db)
    const writers = writeNumbers(db)
    await waitUntil(async () => writers.acknowledged.length > 30)
    holder.child.kill('SIGKILL')
    process.kill(await readServerPid(dataDir), 'SIGKILL')
    const next = await start()
    await writers.stop()
    expect(await readNumbers(connect(next.url))).toEqual(
      expect.arrayContaining(writers.acknowledged),
    )
    await next.stop()
  })

  it('of all, the next one is not misled by another program with the process id', async () => {
    const holder = await startHolder(dataDir)
    await sql`create table kept as select 42 as answer`.execute(connect(holder.url))
    const pid = await readServerPid(dataDir)
    holder.child.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    await waitUntil(async () => (await listServerProcesses(dataDir)).length === 0)
    const cluster = path.join(dataDir, 'postgres', 'store', 'cluster')
    // PostgreSQL knows by itself that a program of another account is not its own.
    const { uid, gid } = await stat(cluster)
    const other = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {})
    onTestFinished(() => {
      other.kill()
    })
    const file = path.join(cluster, 'postmaster.pid')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(other.pid)))
    const next = await start()
    const { rows } = await sql`select answer from kept`.execute(connect(next.url))
    expect(rows).toEqual([{ answer: 42 }])
    await next.stop()
    expect(other.exitCode).toBeNull()
  })

  it('in the middle of the first start, the next one begins anew', async () => {
    // The kill leaves initdb at work, which writes on in what the next start clears away.
    for (const written of ['password', 'cluster/global', 'cluster/base/1']) {
      const earlier = await listDrafts()
      const starting = startHolder(dataDir)
      const hasWritten = waitUntil(async () => {
        const drafts = (await listDrafts()).filter((draft) => !earlier.includes(draft))
        return drafts.some((draft) => existsSync(path.join(draft, written)))
      })
      await Promise.race([hasWritten, starting])
      killHolders()
      await starting.catch(() => {})
    }
    const next = await start()
    await sql`select 1`.execute(connect(next.url))
    await next.stop()
    expect(await listServerProcesses(dataDir)).toEqual([])
  })
})

describe('it says in one sentence', () => {
  it('that the data are of another major version', async () => {
    await (await start()).stop()
    await writeFile(path.join(dataDir, 'postgres', 'store', 'cluster', 'PG_VERSION'), '17\n')
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      /^The database in .* was made by PostgreSQL 17 and the installed programs are version 18: /,
    )
    await writeFile(path.join(dataDir, 'postgres', 'store', 'cluster', 'PG_VERSION'), '18\n')
  })

  it('that the folder cannot be made', async () => {
    const file = path.join(dataDir, 'file')
    await writeFile(file, '')
    await expect(startEmbeddedPostgres({ dataDir: file })).rejects.toThrow(
      /^The database in .*file\/postgres .*\.$/,
    )
  })

  it('that its files were moved away from where the link leads', async () => {
    await mkdir(path.join(dataDir, 'postgres'))
    const store = path.join(dataDir, 'postgres', 'store')
    await symlink('/nonexistent/tend', store)
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      'its link "store" leads nowhere',
    )
    await rm(store)
  })
})
