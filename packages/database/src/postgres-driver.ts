import {
  AbortedTransactionError,
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type TransactionSettings,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { queueTimeoutMessage } from './is-database-unavailable.ts'
import type { SharedConnectionGroups } from './postgres-adapter.ts'
import { PostgresConnection } from './postgres-connection.ts'
import type { StatementNames } from './statement-names.ts'

type PostgresDriverOptions = {
  names: StatementNames | undefined
  /** In milliseconds. */
  queueTimeout: number | undefined
  /** Begins to share connections; called once, and never for a handle that is not used. */
  share: () => SharedConnectionGroups | undefined
}

/**
 * Kysely's driver on a pg pool. Kysely's own one can neither name statements nor send the user id that row
 * level security needs along with a query.
 */
export class PostgresDriver implements Driver {
  readonly #pool: Pool
  readonly #names: StatementNames | undefined
  readonly #queueTimeout: number | undefined
  readonly #share: PostgresDriverOptions['share']
  #shared: SharedConnectionGroups | undefined
  readonly #connections = new WeakMap<PoolClient, PostgresConnection>()

  constructor(pool: Pool, { names, queueTimeout, share }: PostgresDriverOptions) {
    this.#pool = pool
    this.#names = names
    this.#queueTimeout = queueTimeout
    this.#share = share
  }

  async init(): Promise<void> {
    this.#shared = this.#share()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const client = await this.#takeClient()
    const known = this.#connections.get(client)
    if (known) return known
    const connection = new PostgresConnection(client, this.#names)
    this.#connections.set(client, connection)
    return connection
  }

  #takeClient(): Promise<PoolClient> {
    const { idleCount, totalCount, waitingCount, options } = this.#pool
    // The pool gives its idle clients away at the end of the tick: those who wait for that stand ahead.
    const isUsedUp = idleCount + options.max - totalCount <= waitingCount
    if (this.#queueTimeout === undefined || !isUsedUp) return this.#pool.connect()
    return queueForClient(this.#pool, this.#queueTimeout)
  }

  async beginTransaction(
    connection: DatabaseConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const isolation = isolationLevel ? ` isolation level ${isolationLevel}` : ''
    const access = accessMode ? ` ${accessMode}` : ''
    await connection.executeQuery(CompiledQuery.raw(`begin${isolation}${access}`))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const { command } = await asOurs(connection).run(CompiledQuery.raw('commit'))
    // PostgreSQL answers COMMIT by ROLLBACK when a statement before had failed.
    if (command === 'ROLLBACK') throw new AbortedTransactionError()
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('rollback'))
    } catch {
      // The server rolls back when the connection closes; the first error is the one to report.
      asOurs(connection).discard()
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    asOurs(connection).release()
  }

  async destroy(): Promise<void> {
    await Promise.all([this.#shared?.reads.close(), this.#shared?.writes.close()])
    await this.#pool.end()
  }
}

/** Waits for a client no longer than `limit` milliseconds: the pool's own limit is about making connections as well. */
function queueForClient(pool: Pool, limit: number): Promise<PoolClient> {
  return new Promise((resolve, reject) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      reject(new Error(queueTimeoutMessage))
    }, limit)
    pool.connect().then(
      (client) => {
        clearTimeout(timer)
        if (isLate) client.release()
        else resolve(client)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}

function asOurs(connection: DatabaseConnection): PostgresConnection {
  if (connection instanceof PostgresConnection) return connection
  throw new TypeError('The connection is not one of this driver.')
}
