import { type Connection, Query, type QueryResult } from 'pg'

/** Tells row level security whose rows the rest of the transaction is about. */
export const setUserStatement = {
  name: 'tend_set_user',
  text: "select set_config('tend.user_id', $1, true)",
}

const baseQuery = readInternals(Query.prototype)

type Scope = {
  userId: string
  /** Whether `setUserStatement` stands prepared under its name on the connection. */
  isPrepared: boolean
}

/**
 * A query that runs for one person. `set_config` and the query go out in one packet with one Sync at its
 * end, hence in one transaction: the setting cannot outlive the query, neither on a pooled connection
 * nor behind a transaction pooler, and it costs no round trip.
 *
 * Source: PostgreSQL, "Pipelining" in "Message flow": all up to Sync is one implicit transaction.
 */
export class ScopedQuery extends Query {
  #isScopeSet = false

  constructor(
    query: { name?: string; text: string; values: unknown[] },
    scope: Scope,
    onDone: (error: Error | undefined, result: QueryResult) => void,
  ) {
    // Parse, Bind, Execute even without parameters: the simple protocol cannot follow the scope.
    const config = { ...query, queryMode: 'extended' }
    super(config, onDone)
    this.submit = (connection) => {
      connection.stream.cork()
      try {
        sendScope(connection, scope)
        // An error found before sending is returned, not thrown, whatever the type says.
        return baseQuery.submit.call(this, connection)
      } finally {
        connection.stream.uncork()
      }
    }
  }

  handleDataRow(message: unknown): void {
    if (this.#isScopeSet) baseQuery.handleDataRow.call(this, message)
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.#isScopeSet) baseQuery.handleCommandComplete.call(this, message, connection)
    else this.#isScopeSet = true
  }
}

function sendScope(connection: Connection, scope: Scope): void {
  const { name, text } = setUserStatement
  if (!scope.isPrepared) connection.parse({ name: '', text, types: [] }, false)
  connection.bind({ statement: scope.isPrepared ? name : '', values: [scope.userId] }, false)
  connection.execute({}, false)
}

type QueryInternals = {
  submit(this: Query, connection: Connection): void
  handleDataRow(this: Query, message: unknown): void
  handleCommandComplete(this: Query, message: unknown, connection: Connection): void
}

// pg calls these members and its types leave them out: an upgrade without them fails at start, not at a query.
function readInternals(prototype: object): QueryInternals {
  if (hasInternals(prototype)) return prototype
  throw new Error('This version of pg has another Query class: adapt scoped-query.ts to it.')
}

function hasInternals(prototype: object): prototype is QueryInternals {
  return ['submit', 'handleDataRow', 'handleCommandComplete'].every(
    (name) => typeof Reflect.get(prototype, name) === 'function',
  )
}
