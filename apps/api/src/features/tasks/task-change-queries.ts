import type { Task } from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import { sql } from 'kysely'
import { type TaskDatabase, taskColumns } from './task-database.ts'

/** A place in the changes of one person: behind a transaction and, within it, behind a task. */
export type ChangePlace = { xid: number; id: string }

/** A task after its last change, or the id of one that was deleted or moved to the trash. */
export type TaskChanged = ChangePlace & { task: Task | null }

/**
 * The oldest transaction that is still under way. All that comes before it is over: no change can appear there any more, which
 * no time stamp could promise.
 */
export async function readHorizon(db: TaskDatabase): Promise<number> {
  const { rows } = await sql<{ xid: number }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid`.execute(db)
  return rows[0]?.xid ?? 0
}

/** Reads up to `limit` tasks that changed behind a place, in the order of their transactions. */
export async function readChangedTasks(
  db: TaskDatabase,
  userId: string,
  { after, limit }: { after: ChangePlace; limit: number },
): Promise<TaskChanged[]> {
  const rows = await forUser(db, userId)
    .selectFrom('task')
    .select([...taskColumns, 'change_xid', 'deleted_at'])
    .where('user_id', '=', userId)
    .where(sql<boolean>`(change_xid, id) > (${after.xid}::bigint, ${after.id}::uuid)`)
    .orderBy('change_xid')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ change_xid: xid, deleted_at, ...task }) => ({
    xid,
    id: task.id,
    task: deleted_at === null ? task : null,
  }))
}

/** Reads up to `limit` tasks that were deleted for good behind a place, in the order of their transactions. */
export async function readDeletedTasks(
  db: TaskDatabase,
  userId: string,
  { after, limit }: { after: ChangePlace; limit: number },
): Promise<TaskChanged[]> {
  const rows = await forUser(db, userId)
    .selectFrom('deleted_task')
    .select(['change_xid as xid', 'id'])
    .where('user_id', '=', userId)
    .where(sql<boolean>`(change_xid, id) > (${after.xid}::bigint, ${after.id}::uuid)`)
    .orderBy('change_xid')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, task: null }))
}
