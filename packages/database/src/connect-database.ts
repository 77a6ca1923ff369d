import { Kysely, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { type ClientBase, Pool } from 'pg'
import { createColumnTypes, type TimestampFormat, type TimestampOf } from './column-types.ts'
import type { DatabaseSchema } from './database-schema.ts'
import { rememberPool } from './pool-usage.ts'
import { type SharedConnectionGroups, SharingAdapter } from './postgres-adapter.ts'
import { PostgresDriver } from './postgres-driver.ts'
import { SharedConnection } from './shared-connection.ts'
import { SharedConnections } from './shared-connections.ts'
import { StatementNames } from './statement-names.ts'

/** Options of `connectDatabase`; times are in milliseconds. */
export type ConnectDatabaseOptions<Format extends TimestampFormat> = {
  /** How `timestamptz` is read: as `date`, the default, or `iso`: RFC 3339 in UTC with milliseconds, much faster. */
  timestamps?: Format
  /** Most connections at a time. Default 10. */
  maxConnections?: number
  /**
   * How many of them carry the short statements of `defineUserStatement`, many at a time; those that write apart, because each
   * waits for the disk. Default none.
   */
  sharedConnections?: { reads: number; writes: number }
  /** Longest wait for a connection, a new one or a free one of the pool. Default 5,000. */
  connectionTimeout?: number
  /** Longest wait for a free connection while all are in use. Default `connectionTimeout`. */
  queueTimeout?: number
  /** Longest run of one statement; the client gives up 2 s later by itself. 0 is no limit. Default 10,000. */
  statementTimeout?: number
  /** Named prepared statements. Behind a pooler that cannot track them they end by themselves, or here. Default true. */
  preparedStatements?: boolean
  /** How the connections are named in `pg_stat_activity`. Default `tend`. */
  applicationName?: string
  /** Told when an idle connection breaks, as in a restart of the server. The pool replaces it by itself. */
  onConnectionLost?: (error: Error) => void
}

/**
 * Opens a pool of connections to a PostgreSQL server, lazily: nothing is sent before the first query.
 * It outlives restarts of the server. `db.destroy()` closes it.
 *
 * Errors: see `isDatabaseUnavailable`.
 */
export function connectDatabase<Format extends TimestampFormat = 'date'>(
  url: string,
  options: ConnectDatabaseOptions<Format> = {},
): Kysely<DatabaseSchema<TimestampOf[Format]>> {
  const config = createConfig(url, options)
  const pool = createPool(config, options)
  const names = options.preparedStatements === false ? undefined : new StatementNames()
  const adapter = new SharingAdapter()
  const share = () => {
    adapter.shared = names && shareConnections(config, options)
    return adapter.shared
  }
  const db = new Kysely<DatabaseSchema<TimestampOf[Format]>>({
    dialect: {
      createDriver: () =>
        new PostgresDriver(pool, { names, queueTimeout: options.queueTimeout, share }),
      createAdapter: () => adapter,
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (introspected) => new PostgresIntrospector(introspected),
    },
  })
  rememberPool(db, pool)
  return db
}

type Options = ConnectDatabaseOptions<TimestampFormat>

const defaultStatementTimeout = 10_000

/**
 * Longest waits for a lock on a shared connection, in milliseconds. A statement that reads waits for the lock of a whole table alone, one
 * that writes also for whoever is writing the same row just now, and that is soon over.
 */
const lockTimeouts = { reads: 5, writes: 20 }

/** How long the client waits beyond the server's own limit. */
const grace = 2_000

function createConfig(url: string, options: Options) {
  return {
    connectionString: url,
    application_name: options.applicationName ?? 'tend',
    connectionTimeoutMillis: options.connectionTimeout ?? 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: createColumnTypes(options.timestamps ?? 'date'),
  }
}

function createPool(config: ReturnType<typeof createConfig>, options: Options): Pool {
  const {
    statementTimeout = defaultStatementTimeout,
    maxConnections = 10,
    sharedConnections: shared = { reads: 0, writes: 0 },
    onConnectionLost,
  } = options
  const pool = new Pool({
    ...config,
    max: maxConnections - shared.reads - shared.writes,
    query_timeout: statementTimeout === 0 ? 0 : statementTimeout + grace,
    idleTimeoutMillis: 60_000,
    // Follows a failover behind a DNS name, and a change of the server's settings.
    maxLifetimeSeconds: 1_800,
    onConnect: (client) => prepareSession(client, statementTimeout),
  })
  // Without a listener the process would end when the server restarts.
  pool.on('error', (error) => onConnectionLost?.(error))
  return pool
}

function shareConnections(
  config: ReturnType<typeof createConfig>,
  { sharedConnections, statementTimeout = defaultStatementTimeout, onConnectionLost }: Options,
): SharedConnectionGroups | undefined {
  if (sharedConnections === undefined) return undefined
  const share = (kind: 'reads' | 'writes') =>
    new SharedConnections({
      size: sharedConnections[kind],
      longestSilence: statementTimeout + grace,
      onConnectionLost,
      open: () =>
        SharedConnection.open({
          config,
          lockTimeout: lockTimeouts[kind],
          prepareSession: (client) => prepareSession(client, statementTimeout),
        }),
    })
  return { reads: share('reads'), writes: share('writes') }
}

// As a statement and not in the startup packet: poolers refuse settings they do not know there.
async function prepareSession(client: ClientBase, statementTimeout: number): Promise<void> {
  // The pool listens only while a client is idle; a break between two statements of a transaction would
  // end the process. The next statement reports it.
  client.on('error', () => {})
  await client.query({
    text: `select set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO, YMD', false),
      set_config('statement_timeout', $1, false),
      set_config('idle_in_transaction_session_timeout', '60000', false)`,
    values: [String(statementTimeout)],
  })
}
