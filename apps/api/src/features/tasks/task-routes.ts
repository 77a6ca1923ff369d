import { createProblem, type Task, taskETag, tasksContract } from '@tend/contracts'
import type { Context, Hono } from 'hono'
import { invalidToken } from '../../auth/authenticate.ts'
import { ProblemError } from '../../errors/problem-error.ts'
import { serveContract } from '../../http/contract-adapter.ts'
import { matchesAnyTag } from '../../http/entity-tags.ts'
import type { ApiEnv } from '../../http/request-scope.ts'
import { createTaskIds } from './create-task-ids.ts'
import { parseIfMatch } from './parse-if-match.ts'
import { createTaskCursor, readTaskCursor } from './task-cursor.ts'
import {
  deleteTask,
  findTask,
  insertTask,
  listTasks,
  type TaskChange,
  type TaskDatabase,
  toggleTask,
  updateTask,
} from './task-queries.ts'

/** What the task routes need. `authorize` gives the id of the user whose request it is, or throws a problem. */
export type TaskRoutesOptions = {
  db: TaskDatabase
  authorize: (c: Context<ApiEnv>) => Promise<string>
  /** Milliseconds since 1970. */
  clock: () => number
}

/** Serves the task routes of the contract. */
export function serveTasks(app: Hono<ApiEnv>, { db, authorize, clock }: TaskRoutesOptions): void {
  const createId = createTaskIds(clock)
  const now = () => new Date(clock())

  serveContract(app, tasksContract, authorize, {
    list: async ({ query: { limit, cursor, ...filter }, caller: userId }) => {
      const after = cursor === undefined ? undefined : readCursor(userId, filter, cursor)
      const tasks = await listTasks(db, userId, { limit: limit + 1, after })
      const items = tasks.slice(0, limit)
      const last = tasks.length > limit ? items.at(-1) : undefined
      const nextCursor = last === undefined ? null : createTaskCursor(userId, filter, last.id)
      return { status: 200, body: { items, nextCursor } }
    },

    create: async ({ body, caller: userId }) => {
      const { id, createdAt } = createId()
      const task = await insertTask(db, userId, {
        ...body,
        id,
        createdAt: new Date(createdAt),
      }).catch(refuseGoneAccount)
      const headers = { Location: `/api/tasks/${id}`, ETag: taskETag(task) }
      return { status: 201, body: task, headers }
    },

    get: async ({ params, headers, caller: userId, requestId }) => {
      const task = await findTask(db, userId, params.id)
      if (task === undefined) return notFound(requestId)
      const etag = taskETag(task)
      if (!matchesAnyTag(headers['if-none-match'], etag)) return showTask(task)
      return { status: 304, body: undefined, headers: { ETag: etag } }
    },

    update: async ({ params: { id }, headers, body, caller: userId, requestId }) => {
      const versions = parseIfMatch(headers['if-match'])
      const task = await updateTask(db, userId, { id, now: now(), versions }, body)
      return task ? showTask(task) : explainMiss(userId, { id, versions }, requestId)
    },

    delete: async ({ params: { id }, headers, caller: userId, requestId }) => {
      const versions = parseIfMatch(headers['if-match'])
      const deleted = await deleteTask(db, userId, { id, versions })
      return deleted ? noContent : explainMiss(userId, { id, versions }, requestId)
    },

    toggle: async ({ params: { id }, headers, caller: userId, requestId }) => {
      const versions = parseIfMatch(headers['if-match'])
      const task = await toggleTask(db, userId, { id, now: now(), versions })
      return task ? showTask(task) : explainMiss(userId, { id, versions }, requestId)
    },
  })

  /** Tells why a change found no task. Nothing is decided here: the change itself has looked at the version. */
  async function explainMiss(
    userId: string,
    { id, versions }: Pick<TaskChange, 'id' | 'versions'>,
    requestId: string,
  ) {
    const isStale = versions !== undefined && (await findTask(db, userId, id)) !== undefined
    return isStale ? changedMeanwhile(requestId) : notFound(requestId)
  }
}

const noContent = { status: 204, body: undefined } as const

function showTask(task: Task) {
  return { status: 200, body: task, headers: { ETag: taskETag(task) } } as const
}

function notFound(requestId: string) {
  return { status: 404, body: createProblem('TASK_NOT_FOUND', { requestId }) } as const
}

function changedMeanwhile(requestId: string) {
  return { status: 412, body: createProblem('TASK_CHANGED', { requestId }) } as const
}

function readCursor(userId: string, filter: object, cursor: string): string {
  const id = readTaskCursor(userId, filter, cursor)
  if (id !== null) return id
  const message = 'Must be the nextCursor of a page of this same list'
  throw new ProblemError('VALIDATION_FAILED', {
    errors: [{ path: ['query', 'cursor'], code: 'invalid_cursor', message }],
  })
}

// A token outlives its account by minutes. The foreign key is what notices.
function refuseGoneAccount(error: unknown): never {
  throw isForeignKeyViolation(error) ? invalidToken() : error
}

function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503'
}
