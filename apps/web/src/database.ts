import { connectDatabase } from '@tend/database/connect-database'
import { getEnvironment } from './env.ts'
import { getLog } from './log.ts'

export type Database = ReturnType<typeof connectDatabase>

declare global {
  var tendDatabase: Database | undefined
}

/**
 * The one pool of connections of this process. It hangs on the global object because Next.js loads this module
 * once for pages and once for routes, and again after every change in development.
 */
export function getDatabase(): Database {
  globalThis.tendDatabase ??= connectDatabase(getEnvironment().DATABASE_URL, {
    applicationName: 'tend-web',
    onConnectionLost: (err) => getLog().warn({ err }, 'a database connection was lost'),
  })
  return globalThis.tendDatabase
}
