import type { BulkTasks } from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import { type RawBuilder, sql } from 'kysely'
import { nextMoment, type TaskDatabase } from './task-database.ts'

/**
 * Does one thing to several tasks in one statement and gives the ids of those it reached. Tasks that are already as
 * asked are reached and keep their version.
 */
export async function changeTasks(
  db: TaskDatabase,
  userId: string,
  { ids, action, now }: BulkTasks & { now: Date },
): Promise<string[]> {
  const { reaches, isDone, becomes } = actions[action]
  const changed = await forUser(db, userId)
    .updateTable('task')
    .set({
      ...becomes(now),
      updated_at: sql<string>`case when ${isDone} then updated_at else ${nextMoment(now)} end`,
    })
    .where('user_id', '=', userId)
    .where('id', 'in', (eb) =>
      // Locked in one order, so that two requests about the same tasks wait for each other and never in a circle.
      eb
        .selectFrom('task as locked')
        .select('locked.id')
        .where('locked.user_id', '=', userId)
        .where(sql<boolean>`locked.id = any(${ids}::uuid[])`)
        .orderBy('locked.id')
        .forUpdate(),
    )
    .where(reaches)
    .returning('id')
    .execute()
  return changed.map(({ id }) => id)
}

type Action = {
  /** Which tasks the action is for. */
  reaches: RawBuilder<boolean>
  /** Whether a task is already as asked. */
  isDone: RawBuilder<boolean>
  becomes: (now: Date) => { is_completed?: boolean; deleted_at?: RawBuilder<string | null> }
}

const isKept = sql<boolean>`deleted_at is null`

const actions: Record<BulkTasks['action'], Action> = {
  complete: {
    reaches: isKept,
    isDone: sql`is_completed`,
    becomes: () => ({ is_completed: true }),
  },
  reopen: {
    reaches: isKept,
    isDone: sql`not is_completed`,
    becomes: () => ({ is_completed: false }),
  },
  // What is in the trash is not found, as by a second DELETE.
  delete: {
    reaches: isKept,
    isDone: sql`false`,
    becomes: (now) => ({ deleted_at: sql`${now}::timestamptz` }),
  },
  restore: {
    reaches: sql`true`,
    isDone: sql`deleted_at is null`,
    becomes: () => ({ deleted_at: sql`null` }),
  },
}
