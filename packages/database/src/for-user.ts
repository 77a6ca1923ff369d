import type { Kysely, KyselyPlugin, QueryId } from 'kysely'
import type { DatabaseSchema, UserDatabaseSchema, UserOwnedTables } from './database-schema.ts'

// The policies know other words than user ids, which must never come from outside.
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

declare global {
  var tendUserIdByQuery: WeakMap<QueryId, string> | undefined
}

// On the global object because a bundler may make several copies of this module: what one of them tags, the driver that
// was made by another has to find.
globalThis.tendUserIdByQuery ??= new WeakMap()
const userIdByQuery = globalThis.tendUserIdByQuery

/** The person a query runs for, undefined when it was not made through `forUser`. The driver asks. */
export function findUserIdOfQuery(queryId: QueryId): string | undefined {
  return userIdByQuery.get(queryId)
}

/** Throws a `TypeError` for anything that is no user id. */
export function assertUserId(userId: string): void {
  if (!uuidPattern.test(userId)) throw new TypeError('It takes the UUID of a user.')
}

/** Lets a query run for one person, whose id `assertUserId` has seen. */
export function tagWithUser(queryId: QueryId, userId: string): void {
  userIdByQuery.set(queryId, userId)
}

/**
 * A handle on the same pool (or transaction) whose every query sees and writes only the rows of
 * `userId`, and the only way to the tables of `UserOwnedTables`. PostgreSQL enforces it by row level
 * security, so a forgotten `where user_id = …` leaks nothing. It costs no round trip: the id travels
 * in the packet of the query.
 *
 * Source: OWASP API1:2023, broken object level authorization.
 */
export function forUser<Timestamp extends Date | string>(
  db: Kysely<DatabaseSchema<Timestamp>>,
  userId: string,
): Kysely<UserDatabaseSchema<Timestamp>> {
  assertUserId(userId)
  return withScope(db, userId)
}

/**
 * A handle whose queries reach the rows of all people: for the upkeep of whole tables, and never for a request.
 */
export function forEveryone<Timestamp extends Date | string>(
  db: Kysely<DatabaseSchema<Timestamp>>,
): Kysely<UserDatabaseSchema<Timestamp>> {
  return withScope(db, 'everyone')
}

function withScope<Timestamp extends Date | string>(
  db: Kysely<DatabaseSchema<Timestamp>>,
  scope: string,
): Kysely<UserDatabaseSchema<Timestamp>> {
  const tagWithScope: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      tagWithUser(queryId, scope)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return db.withPlugin(tagWithScope).$extendTables<UserOwnedTables<Timestamp>>()
}
