import { randomInt } from 'node:crypto'
import { open, rename, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { explainFailure } from './explain-failure.ts'
import { findServer, type RunningServer } from './find-server.ts'
import type { ClusterAccess } from './postgres-cluster.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { type Account, runProgram } from './run-program.ts'

/** All that starting and stopping the server on one data directory takes. */
export type ServerSetup = {
  cluster: string
  access: ClusterAccess
  programs: PostgresPrograms
  account: Account
  isThrowaway: boolean
}

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  // What people write does not belong in the server's log.
  'log_min_error_statement=panic',
]

// For tests alone: a loss of power would ruin the database.
const throwawaySettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

const patience = 60_000

/** Starts the server, on `preferredPort` when that is free, and returns when it answers. */
export async function startServer(
  setup: ServerSetup,
  preferredPort: number | undefined,
): Promise<RunningServer> {
  const giveUpAt = Date.now() + patience
  let port = await findFreePort(preferredPort)
  for (;;) {
    const failure = await tryStart(setup, port)
    const server = await findServer(setup.cluster, setup.access)
    if (server) return server
    const isPortTaken = /could not bind|Address already in use/i.test(failure)
    // Processes of a killed server are still on their way out. They keep its memory, not its port.
    const isMemoryTaken = /shared memory block|Is another postmaster/i.test(failure)
    if (!(isPortTaken || isMemoryTaken) || Date.now() > giveUpAt) {
      throw new Error(explainFailure(setup.cluster, failure))
    }
    await sleep(250)
    if (isPortTaken) port = await findFreePort(undefined)
  }
}

/** Stops the server: open transactions are rolled back, all data are written. */
export async function stopServer(setup: ServerSetup): Promise<void> {
  if (!(await findServer(setup.cluster, setup.access))) return
  const fast = await stop(setup, 'fast')
  if (fast.isSuccess) return
  // Not a loss either: the next start recovers from the write-ahead log.
  const immediate = await stop(setup, 'immediate')
  if (!immediate.isSuccess && (await findServer(setup.cluster, setup.access))) {
    throw new Error(explainFailure(setup.cluster, immediate.output))
  }
}

function stop({ cluster, programs, account }: ServerSetup, mode: 'fast' | 'immediate') {
  const options = [`--pgdata=${cluster}`, `--mode=${mode}`, '--wait', '--timeout=20', '--silent']
  return runProgram(programs.pgCtl, ['stop', ...options], account)
}

/** What went wrong, empty when nothing did. */
async function tryStart(setup: ServerSetup, port: number): Promise<string> {
  const { cluster, programs, account, isThrowaway } = setup
  const log = path.join(cluster, 'server.log')
  const logStart = await turnLog(log)
  const chosen = [`port=${port}`, ...settings, ...(isThrowaway ? throwawaySettings : [])]
  const { isSuccess, output } = await runProgram(
    programs.pgCtl,
    [
      'start',
      `--pgdata=${cluster}`,
      `--log=${log}`,
      `--options=${chosen.map((setting) => `-c ${setting}`).join(' ')}`,
      '--wait',
      `--timeout=${patience / 1_000}`,
      '--silent',
    ],
    account,
  )
  return isSuccess ? '' : `${output}\n${await readFrom(log, logStart)}`
}

/** Sets a long log aside and returns where the next line goes. */
async function turnLog(log: string): Promise<number> {
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  if (size < 5_000_000) return size
  await rename(log, `${log}.old`)
  return 0
}

async function readFrom(file: string, start: number): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined)
  if (!handle) return ''
  try {
    const { buffer, bytesRead } = await handle.read({ position: start, length: 16_384 })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** The preferred port if it is free, else one below those that outgoing connections take at random. */
async function findFreePort(preferred: number | undefined): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = attempt === 0 && preferred !== undefined ? preferred : randomInt(15_000, 30_000)
    if (await isFree(port)) return port
  }
  throw new Error('No port between 15000 and 30000 is free for the database.')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () =>
      probe.close(() => resolve(true)),
    )
  })
}
