import { existsSync } from 'node:fs'
import { mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ensureDatabase } from './ensure-database.ts'
import { explainFailure } from './explain-failure.ts'
import { findServer, isAlive, type RunningServer } from './find-server.ts'
import { ensureCluster } from './postgres-cluster.ts'
import { preparePrograms } from './postgres-programs.ts'
import { waitForLock } from './process-lock.ts'
import { type ServerSetup, startServer, stopServer } from './run-server.ts'
import { pickAccount } from './server-account.ts'
import { countLeases, type ServerLease, takeLease } from './server-leases.ts'
import { openStore } from './server-store.ts'

/** A use of the embedded server. */
export type EmbeddedPostgres = {
  /** Address of Tend's database, with its password. */
  url: string
  /** Ends this use; the last one of all processes stops the server. */
  stop: () => Promise<void>
}

/** Options of `startEmbeddedPostgres`. */
export type EmbeddedPostgresOptions = {
  /** The folder that keeps the data across restarts; made if it is not there. */
  dataDir: string
  /** Told in one sentence what happens. */
  log?: (message: string) => void
  /** For tests alone: nothing is synced to disk, and the role may create databases. A loss of power ruins the data. */
  isThrowaway?: boolean
}

/**
 * Starts PostgreSQL on a folder, or joins the server that runs on it already: any number of processes share one. It
 * listens on the loopback address alone, outlives the death of the process that started it, and is started again on
 * the same port when it dies itself while in use.
 *
 * Errors: one sentence that says what to do.
 */
export async function startEmbeddedPostgres({
  dataDir,
  log = () => {},
  isThrowaway = false,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = path.resolve(dataDir, 'postgres')
  try {
    await mkdir(home, { recursive: true })
    return await underLock(home, async () => {
      const setup = await prepareSetup(home, isThrowaway, log)
      try {
        const server = await ensureServer(home, setup, log)
        const role = { mayCreateDatabases: isThrowaway }
        const url = await ensureDatabase(server.port, setup.access, role)
        const lease = await takeLease(leasesOf(home))
        return { url, stop: keepRunning({ home, setup, log }, server, lease) }
      } catch (error) {
        await stopIfUnused(home, setup)
        throw error
      }
    })
  } catch (error) {
    throw explainSystemError(home, error)
  }
}

/**
 * Deletes the data in a folder and all else the server kept of it, unless somebody uses the server. Returns whether it
 * did. For throwaway servers.
 */
export async function removeEmbeddedPostgres(dataDir: string): Promise<boolean> {
  const home = path.resolve(dataDir, 'postgres')
  await mkdir(home, { recursive: true })
  const isUnused = await underLock(home, async () => {
    if ((await countLeases(leasesOf(home))) > 0) return false
    const store = await realpath(path.join(home, 'store')).catch(() => undefined)
    if (store === undefined) return true
    if (existsSync(path.join(store, 'cluster'))) {
      await stopServer(await prepareSetup(home, true, () => {}))
    }
    await rm(store, { recursive: true, force: true })
    return true
  })
  if (isUnused) await rm(dataDir, { recursive: true, force: true })
  return isUnused
}

type Log = (message: string) => void

/** Starts and stops of one server never overlap, in whichever processes they are. */
async function underLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const lock = await waitForLock(path.join(home, 'lock'), 180_000)
  if (!lock) {
    throw new Error(
      `Another process has been starting or stopping the database in ${home} for 3 minutes: end it, then try again.`,
    )
  }
  try {
    return await work()
  } finally {
    lock.release()
  }
}

function leasesOf(home: string): string {
  return path.join(home, 'leases')
}

async function prepareSetup(home: string, isThrowaway: boolean, log: Log): Promise<ServerSetup> {
  const account = await pickAccount(path.join(home, 'store', 'cluster'))
  const store = await openStore(home, account)
  if (store.isElsewhere) {
    log(`The database lives in ${store.directory}, since its account cannot enter ${home}.`)
  }
  const programs = await preparePrograms(store.directory, account)
  const cluster = path.join(store.directory, 'cluster')
  const access = await ensureCluster(cluster, programs, account)
  return { cluster, access, programs, account, isThrowaway }
}

async function ensureServer(home: string, setup: ServerSetup, log: Log): Promise<RunningServer> {
  const running = await findServer(setup.cluster, setup.access)
  if (running) {
    log(`PostgreSQL is running already on port ${running.port}.`)
    return running
  }
  const portFile = path.join(home, 'port')
  const lastPort = Number(await readFile(portFile, 'utf8').catch(() => ''))
  const server = await startServer(setup, lastPort > 0 ? lastPort : undefined)
  if (server.port !== lastPort) await writeFile(portFile, String(server.port))
  log(`PostgreSQL is running on port ${server.port}.`)
  return server
}

async function stopIfUnused(home: string, setup: ServerSetup): Promise<void> {
  if ((await countLeases(leasesOf(home))) === 0) await stopServer(setup)
}

/** Watches over the server as long as it is in use and returns how to end the use. */
function keepRunning(
  { home, setup, log }: { home: string; setup: ServerSetup; log: Log },
  server: RunningServer,
  lease: ServerLease,
): () => Promise<void> {
  let { pid } = server
  let stopping: Promise<void> | undefined
  let isReviving = false

  const revive = async () => {
    if (isReviving || stopping || isAlive(pid)) return
    isReviving = true
    try {
      log('PostgreSQL ended by itself and is being started again.')
      pid = (await underLock(home, () => ensureServer(home, setup, log))).pid
    } catch (error) {
      log(error instanceof Error ? error.message : String(error))
    } finally {
      isReviving = false
    }
  }
  const watch = setInterval(revive, 1_000).unref()

  const stop = () =>
    underLock(home, async () => {
      clearInterval(watch)
      await lease.end()
      await stopIfUnused(home, setup)
    })
  return () => {
    stopping ??= stop()
    return stopping
  }
}

function explainSystemError(home: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? error.code : undefined
  // Of Node, of the lock, or PostgreSQL's "disk full".
  const isSystemError = /^(E[A-Z]+|ERR_SQLITE_ERROR|53100)$/.test(String(code))
  return isSystemError ? new Error(explainFailure(home, error.message), { cause: error }) : error
}
