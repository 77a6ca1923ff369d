import { connectDatabase } from '@tend/database/connect-database'
import { getEnvironment } from './env.ts'
import { getLog } from './log.ts'

export type Database = ReturnType<typeof connectDatabase>

declare global {
  var tendDatabase: Database | undefined
  var tendHealthDatabase: Database | undefined
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

/**
 * A connection beside the pool, for the health check alone: in a storm of logins it must not wait in their line, and so
 * take a server out of service that only has much to do.
 */
export function getHealthDatabase(): Database {
  globalThis.tendHealthDatabase ??= connectDatabase(getEnvironment().DATABASE_URL, {
    applicationName: 'tend-web-health',
    maxConnections: 1,
  })
  return globalThis.tendHealthDatabase
}
