import type { DatabaseSchema } from '@tend/database/database-schema'
import { type Kysely, type RawBuilder, sql } from 'kysely'

/** The database as the task queries take it: moments are RFC 3339 strings. */
export type TaskDatabase = Kysely<DatabaseSchema<string>>

/** The columns of a task under the names of the contract. */
export const taskColumns = [
  'id',
  'title',
  'description',
  'is_completed as isCompleted',
  'due_date as dueDate',
  'priority',
  'labels',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const

/** The clock's reading, and always later than the last change, so that each change has a tag of its own. */
export function nextMoment(now: Date | RawBuilder<Date>) {
  return sql<string>`greatest(${now}::timestamptz, updated_at + interval '1 millisecond')`
}
