import { readFileSync } from 'node:fs'
import { open, readFile, readlink, realpath } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { isDatabaseUnavailable } from '../is-database-unavailable.ts'
import type { ClusterAccess } from './postgres-cluster.ts'
import { runProgram } from './run-program.ts'

/** A server process on a data directory. */
export type RunningServer = { pid: number; port: number }

// Recovery after a crash reads at most max_wal_size, 1 GB, again.
const longestStart = 120_000

/**
 * The server that runs on `cluster`, waited for while it starts, recovers or stops; undefined when there is none. The
 * pid file alone proves nothing: after a crash another program may have the number.
 */
export async function findServer(
  cluster: string,
  access: ClusterAccess,
): Promise<RunningServer | undefined> {
  const giveUpAt = Date.now() + longestStart
  for (;;) {
    const server = await readPidFile(cluster)
    if (!server || !isAlive(server.pid)) return undefined
    const answer = await askServer(server.port, cluster, access)
    if (answer === 'ours') return server
    if (answer === 'foreign' || !(await isServerOn(cluster, server.pid))) {
      await disownPidFile(cluster, server.pid)
      return undefined
    }
    if (Date.now() > giveUpAt) {
      throw new Error(
        `Process ${server.pid} holds the database in ${cluster} without answering: end it, then start again.`,
      )
    }
    await sleep(100)
  }
}

/** Whether a process runs, be it another account's. One that ended and waits for its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  if (process.platform !== 'linux') return true
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function readPidFile(cluster: string): Promise<RunningServer | undefined> {
  const lines = (await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  return pid > 0 ? { pid, port: Number(lines[3]) } : undefined
}

function pidFile(cluster: string): string {
  return path.join(cluster, 'postmaster.pid')
}

/** Who listens on the port: only our own server knows the password and has this directory. */
async function askServer(
  port: number,
  cluster: string,
  access: ClusterAccess,
): Promise<'ours' | 'foreign' | 'silent'> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    database: 'postgres',
    password: access.superuserPassword,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    const directory = rows[0]?.data_directory ?? ''
    return (await realpath(directory)) === (await realpath(cluster)) ? 'ours' : 'foreign'
  } catch (error) {
    return isDatabaseUnavailable(error) ? 'silent' : 'foreign'
  } finally {
    await client.end()
  }
}

/** Whether a silent process may be a server on `cluster` that starts or stops. */
async function isServerOn(cluster: string, pid: number): Promise<boolean> {
  if (process.platform === 'linux') {
    const directory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
    return directory === (await realpath(cluster))
  }
  if (process.platform === 'win32') {
    const filter = ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']
    return (await runProgram('tasklist', filter, undefined)).output.includes('postgres.exe')
  }
  const { output } = await runProgram('/bin/ps', ['-p', `${pid}`, '-o', 'command='], undefined)
  return output.includes(cluster)
}

// PostgreSQL would take the other program for its server and refuse to start. Removing the file instead would take
// away its second guard, the shared memory that processes of a killed server still hold.
async function disownPidFile(cluster: string, pid: number): Promise<void> {
  const nobodysPid = 2_147_483_647
  const handle = await open(pidFile(cluster), 'r+').catch(() => undefined)
  if (!handle) return
  try {
    const text = await handle.readFile('utf8')
    if (!text.startsWith(`${pid}\n`)) return
    await handle.truncate(0)
    await handle.write(text.replace(String(pid), String(nobodysPid)), 0)
  } finally {
    await handle.close()
  }
}
