import { forEveryone } from '@tend/database/for-user'
import { sql } from 'kysely'
import type { TaskDatabase } from './task-database.ts'

/** Rows deleted by one statement: few enough that nobody waits for their locks. */
const batchSize = 500

/**
 * Deletes for good what is past its time, for all people: tasks after 30 days in the trash, tombstones after 30 days, answers
 * to idempotency keys after 24 hours, sessions that have run out and those that began 90 days ago, however much in use
 * (OWASP ASVS 5.0, 7.3.2). Any number of processes may do it at once: each takes rows that no other has.
 */
export async function purgeExpired(db: TaskDatabase): Promise<number> {
  let purged = 0
  for (const [table, column, age] of expiring) {
    for (let count = batchSize; count === batchSize; purged += count) {
      const { numAffectedRows } = await sql`
        delete from ${sql.table(table)} where ctid = any(array(
          select ctid from ${sql.table(table)}
          where ${sql.ref(column)} < now() - ${age}::interval
          limit ${batchSize} for update skip locked
        ))`.execute(forEveryone(db))
      count = Number(numAffectedRows ?? 0)
    }
  }
  return purged
}

const expiring = [
  ['task', 'deleted_at', '30 days'],
  ['deleted_task', 'deleted_at', '30 days'],
  ['idempotency_key', 'created_at', '24 hours'],
  ['session', 'expires_at', '0 hours'],
  ['session', 'created_at', '90 days'],
] as const
