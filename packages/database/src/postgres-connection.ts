import type { CompiledQuery, DatabaseConnection, QueryResult as KyselyResult } from 'kysely'
import type { PoolClient, QueryResult } from 'pg'
import { findUserIdOfQuery } from './for-user.ts'
import { hasErrorCode, isConnectionLost } from './is-database-unavailable.ts'
import { ScopedQuery, setUserStatement } from './scoped-query.ts'
import type { StatementNames } from './statement-names.ts'

const maxNamesPerConnection = 250

// A prepared statement whose table a migration changed. Nothing of it was executed.
const changedTableCodes = new Set(['0A000'])

// A prepared statement that is not there, or is there although this connection made none: a pooler without knowledge of
// them gives the same server connection to many clients. Nothing of it was executed either.
const mixedUpCodes = new Set(['26000', '42P05'])

/** One pooled connection: names its statements and sends the user id along with a scoped query. */
export class PostgresConnection implements DatabaseConnection {
  readonly #client: PoolClient
  readonly #statementNames: StatementNames | undefined
  readonly #usedNames = new Set<string>()
  #isScopePrepared = false
  #isDiscarded = false

  constructor(client: PoolClient, statementNames: StatementNames | undefined) {
    this.#client = client
    this.#statementNames = statementNames
  }

  async executeQuery<R>(query: CompiledQuery): Promise<KyselyResult<R>> {
    const { command, rowCount, rows } = await this.run(query)
    if (command === 'SELECT' || rowCount === null) return { rows }
    return { rows, numAffectedRows: BigInt(rowCount) }
  }

  // biome-ignore lint/correctness/useYield: Kysely's interface wants the method, no query streams
  async *streamQuery<R>(): AsyncIterableIterator<KyselyResult<R>> {
    throw new Error('Rows are not streamed here: read them page by page, by key.')
  }

  /** Runs a query; `command` in the answer is the server's own word for what it did. */
  async run(query: CompiledQuery): Promise<QueryResult> {
    const name = this.#findName(query.sql)
    const isInTransaction = this.#client.getTransactionStatus() !== 'I'
    try {
      return await this.#send(query, name)
    } catch (error) {
      if (isConnectionLost(error)) this.discard()
      if (name === undefined || !this.#canRunUnnamed(error) || isInTransaction) throw locate(error)
    }
    return this.#send(query, undefined)
  }

  /** Closes the connection instead of giving it back to the pool. */
  discard(): void {
    this.#isDiscarded = true
  }

  release(): void {
    this.#client.release(this.#isDiscarded)
  }

  /** Whether a statement failed for its name alone; sees to it that the next one does not. */
  #canRunUnnamed(error: unknown): boolean {
    if (hasErrorCode(error, changedTableCodes)) {
      this.discard()
      return true
    }
    if (!hasErrorCode(error, mixedUpCodes)) return false
    this.#statementNames?.giveUp()
    return true
  }

  async #send({ sql, parameters, queryId }: CompiledQuery, name: string | undefined) {
    const query = { text: sql, values: [...parameters], ...(name !== undefined && { name }) }
    const userId = findUserIdOfQuery(queryId)
    if (userId === undefined) return this.#client.query(query)
    const isPrepared = name !== undefined
    if (isPrepared) await this.#prepareScope()
    return new Promise<QueryResult>((resolve, reject) => {
      this.#client.query(
        new ScopedQuery(query, { userId, isPrepared }, (error, result) =>
          error ? reject(error) : resolve(result),
        ),
      )
    })
  }

  async #prepareScope(): Promise<void> {
    if (this.#isScopePrepared) return
    await this.#client.query({ ...setUserStatement, values: [''] })
    this.#isScopePrepared = true
  }

  #findName(sql: string): string | undefined {
    const name = this.#statementNames?.findName(sql)
    if (name === undefined || this.#usedNames.has(name)) return name
    if (this.#usedNames.size >= maxNamesPerConnection) return undefined
    this.#usedNames.add(name)
    return name
  }
}

/** Lets the stack begin where the query was made and not at the socket. */
function locate(error: unknown): unknown {
  if (error instanceof Error) Error.captureStackTrace(error, PostgresConnection.prototype.run)
  return error
}
