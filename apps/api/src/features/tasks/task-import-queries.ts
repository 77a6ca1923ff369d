import type { Task } from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import { sql } from 'kysely'
import type { TaskDatabase } from './task-database.ts'

/**
 * Inserts those of the tasks that the person has not, also not in the trash, and gives their number. Moments in the
 * future become now, so that later changes come later.
 */
export async function insertNewTasks(
  trx: TaskDatabase,
  userId: string,
  { tasks, now }: { tasks: Task[]; now: Date },
): Promise<number> {
  const { numInsertedOrUpdatedRows } = await forUser(trx, userId)
    .insertInto('task')
    .columns([
      ...(['user_id', 'id', 'title', 'description', 'is_completed', 'due_date'] as const),
      ...(['priority', 'labels', 'created_at', 'updated_at'] as const),
    ])
    .expression(
      sql`
        select ${userId}::uuid, id, title, description, "isCompleted", "dueDate", priority, labels,
          least("createdAt", ${now}), least("updatedAt", ${now})
        from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as task_of_file (
          id uuid, title text, description text, "isCompleted" boolean, "dueDate" date,
          priority task_priority, labels text[], "createdAt" timestamptz, "updatedAt" timestamptz
        )`,
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows ?? 0)
}
