import { existsSync } from 'node:fs'
import path from 'node:path'

/** A PostgreSQL for tests that runs already. The global setup of vitest hands it to the workers this way, too. */
export const testServerVariable = 'TEND_TEST_DATABASE_URL'

/** The address of the running test server, if there is one. */
export function readTestServerUrl(): string | undefined {
  return process.env[testServerVariable] || undefined
}

/** Hands the address of the test server to the workers, which start with the environment of this process. */
export function passTestServerUrl(url: string): void {
  process.env[testServerVariable] = url
}

/** What PostgreSQL's own programs need of the environment; our secrets are not among it. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SystemDrive', 'windir', 'COMSPEC']
  const kept = names.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}

/** What the commands read: where the database is, or where the embedded one keeps its data. */
export type CommandEnvironment = { databaseUrl: string | undefined; dataDir: string }

/** Reads the environment of the commands, and the .env of the workspace's root if there is one. */
export function readCommandEnvironment(): CommandEnvironment {
  const root = path.resolve(import.meta.dirname, '../../..')
  const file = path.join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  return {
    // Migrations hold a lock for the length of a session, which a pooler in transaction mode does not carry.
    databaseUrl: process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL || undefined,
    dataDir: path.resolve(root, process.env.DATA_DIR || '.data'),
  }
}
