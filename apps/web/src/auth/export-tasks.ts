import { type AccountExport, accountExportSchema } from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import type { Database } from '../database.ts'

/** All tasks of a person, those in the trash included, oldest first. */
export type ExportTasks = (userId: string) => Promise<AccountExport['tasks']>

const tasksSchema = accountExportSchema.shape.tasks

/** Makes the reader of a person's tasks for their export. */
export function createTaskExport(database: Database): ExportTasks {
  return async (userId) => {
    const rows = await forUser(database, userId)
      .selectFrom('task')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('id')
      .execute()
    return tasksSchema.parse(rows.map(toContractNames))
  }
}

/** `is_completed` becomes `isCompleted`; what the contract does not name is dropped by its schema. */
function toContractNames(row: object): Record<string, unknown> {
  const members = Object.entries(row).map(([column, value]) => [
    column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value instanceof Date ? value.toISOString() : value,
  ])
  return Object.fromEntries(members)
}
