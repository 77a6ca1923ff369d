import { forUser } from '@tend/database/for-user'
import { sql } from 'kysely'
import type { TaskDatabase } from './task-database.ts'

/** How long an answer is remembered, in milliseconds. */
const REMEMBERED_FOR = 24 * 60 * 60 * 1000

/** Takes the key of a person until the transaction ends; false when another request has it. */
export async function tryLockKey(trx: TaskDatabase, userId: string, key: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${userId} ${key}`}, 0)) as taken`.execute(
    trx,
  )
  return rows[0]?.taken === true
}

/** Reads what was answered to a key in the last 24 hours. */
export async function findAnswer(
  trx: TaskDatabase,
  userId: string,
  { key, now }: { key: string; now: Date },
): Promise<{ request_hash: string; answer: unknown } | undefined> {
  return forUser(trx, userId)
    .selectFrom('idempotency_key')
    .select(['request_hash', 'answer'])
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .where('created_at', '>', new Date(now.getTime() - REMEMBERED_FOR).toISOString())
    .executeTakeFirst()
}

/** Remembers an answer; one that is past its time makes room. */
export async function rememberAnswer(
  trx: TaskDatabase,
  userId: string,
  { key, hash, answer, now }: { key: string; hash: string; answer: object; now: Date },
): Promise<void> {
  const fields = { request_hash: hash, answer: JSON.stringify(answer), created_at: now }
  await forUser(trx, userId)
    .insertInto('idempotency_key')
    .values({ user_id: userId, key, ...fields })
    .onConflict((conflict) => conflict.columns(['user_id', 'key']).doUpdateSet(fields))
    .execute()
}
