import type { Task } from '@tend/contracts'
import type { TaskDatabase } from './task-database.ts'
import { insertNewTasks } from './task-import-queries.ts'

const chunkSize = 1_000

/** Adds the tasks whose ids the person does not have, all or none, and gives their number. */
export function importTasks(
  db: TaskDatabase,
  userId: string,
  { tasks, now }: { tasks: Task[]; now: Date },
): Promise<number> {
  // In one order, so that two imports of the same file wait for each other and never in a circle.
  const ordered = tasks.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return db.transaction().execute(async (trx) => {
    let added = 0
    for (let start = 0; start < ordered.length; start += chunkSize) {
      const chunk = ordered.slice(start, start + chunkSize)
      added += await insertNewTasks(trx, userId, { tasks: chunk, now })
    }
    return added
  })
}
