import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** At most `max` tries in `window` seconds. The window begins with the first try. */
export type RateLimitRule = { window: number; max: number }

type RateLimitResult = { allowed: boolean; retryAfter: number | null }

/** The limits of signing in, counted in the database and so for all servers together. */
export type RateLimits = {
  /** Counts a try; `retryAfter` is in seconds. One statement, so that of parallel tries none slips through. */
  consume(key: string, rule: RateLimitRule): Promise<RateLimitResult>
  /** Forgets the tries of a key. */
  reset(key: string): Promise<void>
  /** Takes back one try, which was none. */
  giveBack(key: string): Promise<void>
}

/** Longest of all windows, in milliseconds: older rows mean nothing any more. */
const KEEP_TIME = 60 * 60 * 1000

/** Of so many tries one sweeps the rows that mean nothing any more. */
const SWEEP_EVERY = 500

/** Counts in Better Auth's own table; `last_request` holds the begin of the window. */
export function createRateLimits(database: Database): RateLimits {
  let tries = 0
  return {
    async consume(key, rule) {
      const row = await countTry(database, key, rule)
      tries += 1
      if (tries % SWEEP_EVERY === 0) await sweep(database)
      if (row.count <= rule.max) return { allowed: true, retryAfter: null }
      return { allowed: false, retryAfter: Math.max(1, Math.ceil(row.remaining / 1000)) }
    },
    async reset(key) {
      await database.deleteFrom('rate_limit').where('key', '=', key).execute()
    },
    async giveBack(key) {
      await database
        .updateTable('rate_limit')
        .set((row) => ({ count: row('count', '-', 1) }))
        .where('key', '=', key)
        .where('count', '>', 0)
        .execute()
    },
  }
}

// The database's clock, because several web servers may count together.
const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

async function countTry(database: Database, key: string, rule: RateLimitRule) {
  const length = rule.window * 1000
  return database
    .insertInto('rate_limit')
    .values({ key, count: 1, last_request: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        // Not past max + 1, so that no flood can overflow the counter.
        count: sql<number>`case when rate_limit.last_request + ${length}::bigint <= ${now} then 1
          else least(rate_limit.count, ${rule.max}::integer) + 1 end`,
        last_request: sql<number>`case when rate_limit.last_request + ${length}::bigint <= ${now} then ${now}
          else rate_limit.last_request end`,
      }),
    )
    .returning((row) => [
      'count',
      sql<number>`(${row.ref('last_request')} + ${length}::bigint - ${now})::integer`.as(
        'remaining',
      ),
    ])
    .executeTakeFirstOrThrow()
}

async function sweep(database: Database): Promise<void> {
  await database
    .deleteFrom('rate_limit')
    .where(sql<boolean>`last_request < ${now} - ${KEEP_TIME}::bigint`)
    .execute()
}
