import type { CreateTask, Task, UpdateTask } from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import { defineUserStatement, type Param } from '@tend/database/user-statement'
import { sql } from 'kysely'
import { nextMoment, type TaskDatabase, taskColumns } from './task-database.ts'

/** A change to one task: the clock's reading, and the `updatedAt` values it may be made at; undefined is any. */
export type TaskChange = { id: string; now: Date; versions: readonly string[] | undefined }

const findStatement = defineUserStatement((db, param: Param<{ userId: string; id: string }>) =>
  db
    .selectFrom('task')
    .select(taskColumns)
    .where('user_id', '=', param('userId'))
    .where('id', '=', param('id'))
    .where('deleted_at', 'is', null),
)

/** Reads one task outside the trash. */
export async function findTask(
  db: TaskDatabase,
  userId: string,
  id: string,
): Promise<Task | undefined> {
  const [task] = await findStatement.run(db, userId, { userId, id })
  return task
}

/** Whether there is a task outside the trash, or anywhere. */
export async function hasTask(
  db: TaskDatabase,
  userId: string,
  id: string,
  where: 'outside the trash' | 'anywhere',
): Promise<boolean> {
  const task = forUser(db, userId)
    .selectFrom('task')
    .select('id')
    .where('user_id', '=', userId)
    .where('id', '=', id)
  const chosen = where === 'anywhere' ? task : task.where('deleted_at', 'is', null)
  return (await chosen.executeTakeFirst()) !== undefined
}

type NewTask = Omit<Task, 'isCompleted' | 'createdAt' | 'updatedAt'> & {
  userId: string
  createdAt: Date
}

const insertStatement = defineUserStatement((db, param: Param<NewTask>) =>
  db
    .insertInto('task')
    .values({
      user_id: param('userId'),
      id: param('id'),
      title: param('title'),
      description: param('description'),
      due_date: param('dueDate'),
      priority: param('priority'),
      labels: param('labels'),
      created_at: param('createdAt'),
      updated_at: param('createdAt'),
    })
    .returning(taskColumns),
)

/** Writes a new task. Fails with a foreign key violation when the account is gone. */
export async function insertTask(
  db: TaskDatabase,
  userId: string,
  { id, createdAt, ...task }: CreateTask & { id: string; createdAt: Date },
): Promise<Task> {
  const { title, description = null, dueDate = null, priority = 'none', labels = [] } = task
  const values = { userId, id, title, description, dueDate, priority, labels, createdAt }
  const [inserted] = await insertStatement.run(db, userId, values)
  if (inserted === undefined) throw new Error('PostgreSQL inserted a task and did not give it.')
  return inserted
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

const toggleStatement = defineUserStatement(
  (
    db,
    param: Param<{ userId: string; id: string; now: Date; versions: readonly string[] | null }>,
  ) =>
    db
      .updateTable('task')
      .set(({ not, ref }) => ({
        is_completed: not(ref('is_completed')),
        updated_at: nextMoment(param('now')),
      }))
      .where('user_id', '=', param('userId'))
      .where('id', '=', param('id'))
      .where('deleted_at', 'is', null)
      .where(({ or }) =>
        or([
          sql<boolean>`${param('versions')}::timestamptz[] is null`,
          sql<boolean>`updated_at = any(${param('versions')}::timestamptz[])`,
        ]),
      )
      .returning(taskColumns),
)

/**
 * Completes an open task and reopens a completed one, in one statement: two toggles at once are two toggles.
 * Undefined when there is none in one of the versions.
 */
export async function toggleTask(
  db: TaskDatabase,
  userId: string,
  { id, now, versions }: TaskChange,
): Promise<Task | undefined> {
  const [task] = await toggleStatement.run(db, userId, {
    userId,
    id,
    now,
    versions: versions ?? null,
  })
  return task
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
