import { hash } from 'node:crypto'
import {
  type Compilable,
  type CompiledQuery,
  createQueryId,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely'
import type { DatabaseSchema, UserDatabaseSchema } from './database-schema.ts'
import { assertUserId, tagWithUser } from './for-user.ts'
import type { ParameterValue, Rows } from './pipelined-query.ts'
import { SharingAdapter } from './postgres-adapter.ts'
import type { SharedQuery } from './shared-connection.ts'
import { bindPlaceholders, Placeholder } from './statement-placeholder.ts'

/** Stands for a value that each run of a statement brings along. */
export type Param<Params> = {
  <Name extends keyof Params & string>(name: Name): RawBuilder<Params[Name]>
  /** Never there: it lets tsc tell the parameters of a statement from its definition. */
  readonly params?: Params
}

/** A statement about the rows of one person, written once and run often. */
export type UserStatement<Params, Row> = {
  /** Runs it on a database or in a transaction and gives its rows. Throws a `TypeError` for anything that is no user id. */
  run(db: Kysely<DatabaseSchema<string>>, userId: string, params: Params): Promise<Row[]>
}

// Compiles and never connects.
const compiler = new Kysely<UserDatabaseSchema<string>>({
  dialect: {
    createDriver: () => new DummyDriver(),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  },
})

/**
 * Defines a statement that is compiled once and, outside of transactions, travels with others on shared connections. It has to be
 * a short one, found by a key: whoever comes behind it waits for it. Row level security binds it as it does a query of `forUser`.
 */
export function defineUserStatement<Params extends Record<string, ParameterValue>, Row>(
  build: (db: Kysely<UserDatabaseSchema<string>>, param: Param<Params>) => Compilable<Row>,
): UserStatement<Params, Row> {
  const compiled = build(compiler, (name) => sql`${new Placeholder(name)}`).compile()
  const text = compiled.sql
  const name = `tend_share_${hash('sha256', text, 'base64url').slice(0, 22)}`
  const readers = compiled.parameters.map(createValueReader<Params>)
  return {
    async run(db, userId, params) {
      assertUserId(userId)
      const values = readers.map((read) => read(params))
      try {
        const query = { name, text, userId, values }
        return db.getExecutor().plugins.length === 0
          ? await runStatement(db, compiled, query)
          : await runWithPlugins(db, { compiled, params }, query)
      } catch (error) {
        // Lets the stack begin where the statement was run and not at the socket.
        if (error instanceof Error) Error.captureStackTrace(error)
        throw error
      }
    },
  }
}

/** Finds a parameter's value in what a run brings along, or is a constant of the statement. */
function createValueReader<Params extends Record<string, ParameterValue>>(
  parameter: unknown,
): (params: Params) => ParameterValue {
  if (parameter instanceof Placeholder) {
    const { name } = parameter
    return (params) => params[name] ?? null
  }
  if (typeof parameter === 'string' || typeof parameter === 'number') return () => parameter
  if (typeof parameter === 'boolean' || parameter === null) return () => parameter
  throw new TypeError('A statement holds a constant that is neither a text nor a number.')
}

async function runStatement<Row>(
  db: Kysely<DatabaseSchema<string>>,
  compiled: CompiledQuery<Row>,
  query: SharedQuery,
): Promise<Row[]> {
  const rows = await runShared(db, isReading(compiled), query)
  if (rows !== undefined) return rows
  const queryId = createQueryId()
  tagWithUser(queryId, query.userId)
  const alone = { ...compiled, queryId, parameters: query.values }
  return (await db.executeQuery<Row>(alone)).rows
}

function isReading({ query }: CompiledQuery): boolean {
  return query.kind === 'SelectQueryNode'
}

/** Undefined in a transaction, and where the statement has to run on a connection of its own. */
async function runShared(
  db: Kysely<DatabaseSchema<string>>,
  isRead: boolean,
  query: SharedQuery,
): Promise<Rows | undefined> {
  const { adapter } = db.getExecutor()
  if (!(adapter instanceof SharingAdapter) || db.isTransaction) return undefined
  return (isRead ? adapter.shared?.reads : adapter.shared?.writes)?.run(query)
}

/** Shows the statement and its rows to the plugins of the handle, as Kysely does; one that they change is compiled again. */
async function runWithPlugins<Row>(
  db: Kysely<DatabaseSchema<string>>,
  statement: { compiled: CompiledQuery<Row>; params: Record<string, ParameterValue> },
  query: SharedQuery,
): Promise<Row[]> {
  const executor = db.getExecutor()
  const queryId = createQueryId()
  tagWithUser(queryId, query.userId)
  const node = bindPlaceholders(statement.compiled.query, statement.params)
  const transformed = executor.transformQuery(node, queryId)
  let rows =
    transformed === node ? await runShared(db, isReading(statement.compiled), query) : undefined
  if (rows === undefined) {
    return (await db.executeQuery(executor.compileQuery<Row>(transformed, queryId))).rows
  }
  for (const plugin of executor.plugins) {
    rows = (await plugin.transformResult({ queryId, result: { rows } })).rows
  }
  return rows
}
