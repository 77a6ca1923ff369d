import type { DatabaseSchema } from '@tend/database/database-schema'
import { type Kysely, sql } from 'kysely'
import type { SharedCount, UnsharedRequests } from './create-request-counts.ts'

/** The length of a window, in milliseconds. */
const WINDOW = 60_000

/** Keeps the users of the API apart from the sign-in limits of the web app, which stand in the same table. */
const prefix = 'api:'

// The database's clock, because the processes' own may differ.
const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

/** Adds requests to the counts that all processes share, in one statement, and gives the counts. */
export async function shareRequestCounts(
  db: Kysely<DatabaseSchema<string>>,
  requests: readonly UnsharedRequests[],
): Promise<SharedCount[]> {
  // In one order, so that two processes wait for each other and never in a circle.
  const sorted = requests.toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
  const { rows } = await sql<SharedCount>`
    insert into rate_limit (key, count, last_request)
    select ${prefix} || user_id, added, ${now} - elapsed
    from unnest(
      ${sorted.map(({ userId }) => userId)}::text[],
      ${sorted.map(({ added }) => added)}::integer[],
      ${sorted.map(({ elapsed }) => Math.round(elapsed))}::bigint[]
    ) as unshared (user_id, added, elapsed)
    on conflict (key) do update set
      count = excluded.count
        + case when rate_limit.last_request + ${WINDOW}::bigint <= ${now} then 0 else rate_limit.count end,
      last_request = case when rate_limit.last_request + ${WINDOW}::bigint <= ${now}
        then excluded.last_request else rate_limit.last_request end
    returning substr(key, ${prefix.length + 1}::integer) as "userId", count as total,
      (last_request + ${WINDOW}::bigint - ${now})::integer as "timeLeft"`.execute(db)
  return rows
}
