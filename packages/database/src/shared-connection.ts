import { Client, type ClientConfig, type CustomTypesConfig } from 'pg'
import {
  type ParameterValue,
  PipelinedQuery,
  PrepareQuery,
  type RowReader,
  type Rows,
} from './pipelined-query.ts'

/** A statement with its values, and whose rows it is about. */
export type SharedQuery = {
  name: string
  text: string
  userId: string
  values: readonly ParameterValue[]
}

const scopeName = 'tend_share_scope'

/** How a connection is opened. */
export type SharedConnectionOptions = {
  config: ClientConfig & { types: CustomTypesConfig }
  /**
   * Longest wait for a lock, in milliseconds: beyond it, a lock is waited for on a connection of one's own. Here everybody behind waits
   * as well, and each of them for as long again when it is the whole table that is locked.
   */
  lockTimeout: number
  /** Runs before anything else. */
  prepareSession: (client: Client) => Promise<void>
}

/**
 * A connection that sends queries without waiting for the answers to those before. Each is a transaction of its own; PostgreSQL
 * runs them one after the other and answers in that order.
 */
export class SharedConnection {
  readonly #client: Client
  readonly #types: CustomTypesConfig
  readonly #readers = new Map<string, Promise<RowReader>>()
  #underWay = 0
  #quietSince = 0
  #isCorked = false
  #isUsable = true

  private constructor(client: Client, types: CustomTypesConfig) {
    this.#client = client
    this.#types = types
    const stop = () => {
      this.#isUsable = false
    }
    client.on('error', stop)
    client.on('end', stop)
  }

  /** Connects. */
  static async open(options: SharedConnectionOptions): Promise<SharedConnection> {
    const { config, lockTimeout, prepareSession } = options
    const client = new Client({ ...config, pipeline: true })
    const connection = new SharedConnection(client, config.types)
    try {
      await client.connect()
      await prepareSession(client)
      await connection.#prepare({
        name: scopeName,
        text: `select set_config('tend.user_id', $1, true), set_config('lock_timeout', '${lockTimeout}ms', true)`,
      })
      return connection
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
  }

  /** Whether new queries may be sent on it. */
  get isUsable(): boolean {
    return this.#isUsable
  }

  /** Queries without an answer yet. */
  get underWay(): number {
    return this.#underWay
  }

  /** For how long an answer has been waited for, in milliseconds. */
  get silence(): number {
    return this.#underWay === 0 ? 0 : performance.now() - this.#quietSince
  }

  /** Runs a query; undefined when the connection retires just now and nothing was sent. */
  async run(query: SharedQuery): Promise<Rows | undefined> {
    this.#begin()
    try {
      const readRow = await this.#prepare({ name: query.name, text: query.text, scope: scopeName })
      return this.#isUsable ? await this.#send(query, readRow) : undefined
    } finally {
      this.#underWay -= 1
      this.#quietSince = performance.now()
    }
  }

  /** Takes no more queries and closes once those under way are answered. */
  async retire(): Promise<void> {
    this.#isUsable = false
    await this.#client.end().catch(() => {})
  }

  /** Cuts the connection: what is under way fails. */
  cut(): void {
    this.#isUsable = false
    this.#client.connection.stream.destroy()
  }

  #begin(): void {
    if (this.#underWay === 0) this.#quietSince = performance.now()
    this.#underWay += 1
  }

  #send(query: SharedQuery, readRow: RowReader): Promise<Rows> {
    return new Promise((resolve, reject) => {
      this.#cork()
      this.#client.query(
        new PipelinedQuery({ scope: scopeName, name: query.name }, query, readRow, (error, rows) =>
          error ? reject(error) : resolve(rows),
        ),
      )
    })
  }

  /** What is sent in one turn of the event loop goes out in one packet. */
  #cork(): void {
    if (this.#isCorked) return
    const { stream } = this.#client.connection
    this.#isCorked = true
    stream.cork()
    setImmediate(() => {
      this.#isCorked = false
      stream.uncork()
    })
  }

  #prepare(statement: { name: string; text: string; scope?: string }): Promise<RowReader> {
    const { name } = statement
    const known = this.#readers.get(name)
    if (known !== undefined) return known
    const reader = new Promise<RowReader>((resolve, reject) => {
      this.#client.query(
        new PrepareQuery(statement, this.#types, (error, readRow) =>
          error ? reject(error) : resolve(readRow),
        ),
      )
    })
    this.#readers.set(name, reader)
    // The next one tries again.
    reader.catch(() => this.#readers.delete(name))
    return reader
  }
}
