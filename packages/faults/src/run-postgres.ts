import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connectDatabase } from '@tend/database/connect-database'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '@tend/database/embedded-postgres'
import { migrateToLatest } from '@tend/database/migrate'

/** A PostgreSQL that is safe against a loss of power, and to which bad things can be done. */
export type Postgres = {
  url: string
  /** The folder of its data. */
  cluster: string
  /** The postmaster and all that it started. */
  processes(): Promise<number[]>
  /** Sends a signal to all of its processes. */
  signal(signal: NodeJS.Signals): Promise<void>
  /** Stops it in order and starts it again on the same port; `meanwhile` runs while it is stopped. */
  restart(meanwhile?: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** Starts a PostgreSQL of its own with Tend's schema. It starts again by itself when it is killed. */
export async function runPostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tend-faults-'))
  // Root's server runs as another account.
  await chmod(dataDir, 0o755)
  let server = await startEmbeddedPostgres({ dataDir })
  const { url } = server
  const db = connectDatabase(url, { maxConnections: 1 })
  await migrateToLatest(db)
  await db.destroy()
  const cluster = path.join(dataDir, 'postgres', 'store', 'cluster')
  const processes = async () => {
    const [first = ''] = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8')).split('\n')
    const postmaster = Number(first)
    return [postmaster, ...childrenOf(postmaster)]
  }
  return {
    url,
    cluster,
    processes,
    async signal(signal) {
      for (const pid of await processes()) {
        try {
          process.kill(pid, signal)
        } catch (error) {
          // A connection that closed in between took its process along.
          if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
        }
      }
    },
    async restart(meanwhile) {
      await server.stop()
      await meanwhile?.()
      server = await startEmbeddedPostgres({ dataDir })
    },
    async stop() {
      await server.stop()
      await removeEmbeddedPostgres(dataDir)
    },
  }
}

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .map(Number)
    .filter((child) => child > 0)
}
