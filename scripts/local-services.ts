import { connectDatabase } from '@tend/database/connect-database'
import { startEmbeddedPostgres } from '@tend/database/embedded-postgres'
import { assertConnects } from '@tend/database/explain-connection-failure'
import { migrateToLatest } from '@tend/database/migrate'
import { readOrCreateLocalSecrets } from '@tend/runtime/local-secrets'
import { type Environment, findDataDir } from './env.ts'

/** What an installation without settings of its own still needs. */
export type LocalServices = {
  /** The given environment, with secrets and a database filled in. */
  environment: Environment
  /** Lets go of the embedded database; the last holder stops it. */
  stop(): Promise<void>
}

/**
 * Fills in what is not configured: secrets from the data folder and the embedded PostgreSQL. Then brings the database to the
 * latest version. With NODE_ENV=production nothing is made up: the apps say what is missing.
 */
export async function startLocalServices(
  given: Environment,
  report: (step: string) => void,
): Promise<LocalServices> {
  const isProduction = given.NODE_ENV === 'production'
  const secrets = isProduction ? {} : await readOrCreateLocalSecrets(findDataDir(given))
  const environment: Environment = { ...secrets, ...withoutEmpty(given) }
  let stop = async () => {}
  if (!environment.DATABASE_URL) {
    if (isProduction)
      throw new Error('DATABASE_URL is missing; in production it names your PostgreSQL.')
    report('Starting the embedded PostgreSQL …')
    const postgres = await startEmbeddedPostgres({ dataDir: findDataDir(given) })
    environment.DATABASE_URL = postgres.url
    stop = () => postgres.stop()
  }
  try {
    report('Bringing the database up to date …')
    await migrate(environment.DATABASE_DIRECT_URL || environment.DATABASE_URL)
  } catch (error) {
    await stop()
    throw error
  }
  return { environment, stop }
}

async function migrate(url: string): Promise<void> {
  // A migration of a large table takes its time.
  const db = connectDatabase(url, { maxConnections: 2, statementTimeout: 0 })
  try {
    await assertConnects(db, url)
    await migrateToLatest(db)
  } finally {
    await db.destroy()
  }
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
}
