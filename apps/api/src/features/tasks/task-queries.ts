import type { CreateTask, Task, UpdateTask } from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import { sql } from 'kysely'
import { nextMoment, type TaskDatabase, taskColumns } from './task-database.ts'

/** A change to one task: the clock's reading, and the `updatedAt` values it may be made at; undefined is any. */
export type TaskChange = { id: string; now: Date; versions: readonly string[] | undefined }

/** Reads one task; what is in the trash is only found `anywhere`. */
export function findTask(
  db: TaskDatabase,
  userId: string,
  id: string,
  where: 'outside the trash' | 'anywhere' = 'outside the trash',
): Promise<Task | undefined> {
  const task = forUser(db, userId)
    .selectFrom('task')
    .select(taskColumns)
    .where('user_id', '=', userId)
    .where('id', '=', id)
  return (where === 'anywhere' ? task : task.where('deleted_at', 'is', null)).executeTakeFirst()
}

/** Writes a new task. Fails with a foreign key violation when the account is gone. */
export function insertTask(
  db: TaskDatabase,
  userId: string,
  { id, createdAt, ...task }: CreateTask & { id: string; createdAt: Date },
): Promise<Task> {
  return forUser(db, userId)
    .insertInto('task')
    .values({
      user_id: userId,
      id,
      title: task.title,
      description: task.description ?? null,
      due_date: task.dueDate ?? null,
      priority: task.priority ?? 'none',
      labels: task.labels ?? [],
      created_at: createdAt,
      updated_at: createdAt,
    })
    .returning(taskColumns)
    .executeTakeFirstOrThrow()
}

/** Changes the named fields of a task; undefined when there is none in one of the versions. */
export function updateTask(
  db: TaskDatabase,
  userId: string,
  { id, now, versions }: TaskChange,
  { isCompleted, dueDate, ...fields }: UpdateTask,
): Promise<Task | undefined> {
  return forUser(db, userId)
    .updateTable('task')
    .set({
      ...fields,
      is_completed: isCompleted,
      due_date: dueDate,
      updated_at: nextMoment(now),
    })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .where(isVersion(versions))
    .returning(taskColumns)
    .executeTakeFirst()
}

/**
 * Completes an open task and reopens a completed one, in one statement: two toggles at once are two toggles.
 * Undefined when there is none in one of the versions.
 */
export function toggleTask(
  db: TaskDatabase,
  userId: string,
  { id, now, versions }: TaskChange,
): Promise<Task | undefined> {
  return forUser(db, userId)
    .updateTable('task')
    .set(({ not, ref }) => ({
      is_completed: not(ref('is_completed')),
      updated_at: nextMoment(now),
    }))
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .where(isVersion(versions))
    .returning(taskColumns)
    .executeTakeFirst()
}

/** Moves a task to the trash; undefined when there is none outside of it in one of the versions. */
export function trashTask(
  db: TaskDatabase,
  userId: string,
  { id, now, versions }: TaskChange,
): Promise<Pick<Task, 'id'> | undefined> {
  return forUser(db, userId)
    .updateTable('task')
    .set({ deleted_at: now, updated_at: nextMoment(now) })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .where(isVersion(versions))
    .returning('id')
    .executeTakeFirst()
}

/** Brings a task back from the trash; undefined when it is not there. */
export function restoreTask(
  db: TaskDatabase,
  userId: string,
  { id, now }: Pick<TaskChange, 'id' | 'now'>,
): Promise<Task | undefined> {
  return forUser(db, userId)
    .updateTable('task')
    .set({ deleted_at: null, updated_at: nextMoment(now) })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .returning(taskColumns)
    .executeTakeFirst()
}

/** Deletes a task for good, in the trash or not; undefined when there is none in one of the versions. */
export function deleteTask(
  db: TaskDatabase,
  userId: string,
  { id, versions }: Omit<TaskChange, 'now'>,
): Promise<Pick<Task, 'id'> | undefined> {
  return forUser(db, userId)
    .deleteFrom('task')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where(isVersion(versions))
    .returning('id')
    .executeTakeFirst()
}

// A condition of the change itself: between reading a version and writing, another change could come in.
function isVersion(versions: TaskChange['versions']) {
  if (versions === undefined) return sql<boolean>`true`
  return sql<boolean>`updated_at = any(${versions}::timestamptz[])`
}
