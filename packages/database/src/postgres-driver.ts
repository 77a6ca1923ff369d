import {
  AbortedTransactionError,
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type TransactionSettings,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { PostgresConnection } from './postgres-connection.ts'
import type { StatementNames } from './statement-names.ts'

/**
 * Kysely's driver on a pg pool. Kysely's own one can neither name statements nor send the user id that row
 * level security needs along with a query.
 */
export class PostgresDriver implements Driver {
  readonly #pool: Pool
  readonly #names: StatementNames | undefined
  readonly #connections = new WeakMap<PoolClient, PostgresConnection>()

  constructor(pool: Pool, names: StatementNames | undefined) {
    this.#pool = pool
    this.#names = names
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const client = await this.#pool.connect()
    const known = this.#connections.get(client)
    if (known) return known
    const connection = new PostgresConnection(client, this.#names)
    this.#connections.set(client, connection)
    return connection
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
    await this.#pool.end()
  }
}

function asOurs(connection: DatabaseConnection): PostgresConnection {
  if (connection instanceof PostgresConnection) return connection
  throw new TypeError('The connection is not one of this driver.')
}
