import type { CreateTask, Task, UpdateTask } from '@tend/contracts'
import type { DatabaseSchema } from '@tend/database/database-schema'
import { forUser } from '@tend/database/for-user'
import { type Kysely, sql } from 'kysely'

/** The database as the task queries take it: moments are RFC 3339 strings. */
export type TaskDatabase = Kysely<DatabaseSchema<string>>

/** A change to one task: the clock's reading, and the `updatedAt` values it may be made at; undefined is any. */
export type TaskChange = { id: string; now: Date; versions: readonly string[] | undefined }

const taskColumns = [
  'id',
  'title',
  'description',
  'is_completed as isCompleted',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const

/** Reads up to `limit` tasks, newest first, beginning behind the task `after`. */
export function listTasks(
  db: TaskDatabase,
  userId: string,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<Task[]> {
  const newestFirst = forUser(db, userId)
    .selectFrom('task')
    .select(taskColumns)
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(limit)
  return (after === undefined ? newestFirst : newestFirst.where('id', '<', after)).execute()
}

/** Reads one task. */
export function findTask(db: TaskDatabase, userId: string, id: string): Promise<Task | undefined> {
  return forUser(db, userId)
    .selectFrom('task')
    .select(taskColumns)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Writes a new task. Fails with a foreign key violation when the account is gone. */
export function insertTask(
  db: TaskDatabase,
  userId: string,
  { id, createdAt, title, description }: CreateTask & { id: string; createdAt: Date },
): Promise<Task> {
  return forUser(db, userId)
    .insertInto('task')
    .values({
      user_id: userId,
      id,
      title,
      description: description ?? null,
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
  { title, description, isCompleted }: UpdateTask,
): Promise<Task | undefined> {
  return forUser(db, userId)
    .updateTable('task')
    .set({ title, description, is_completed: isCompleted, updated_at: nextMoment(now) })
    .where('user_id', '=', userId)
    .where('id', '=', id)
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
    .where(isVersion(versions))
    .returning(taskColumns)
    .executeTakeFirst()
}

/** Deletes a task; undefined when there is none in one of the versions. */
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

/** The clock's reading, and always later than the last change, so that each change has a tag of its own. */
function nextMoment(now: Date) {
  return sql<string>`greatest(${now}::timestamptz, updated_at + interval '1 millisecond')`
}

// A condition of the change itself: between reading a version and writing, another change could come in.
function isVersion(versions: TaskChange['versions']) {
  if (versions === undefined) return sql<boolean>`true`
  return sql<boolean>`updated_at = any(${versions}::timestamptz[])`
}
