import { compareLabels, createProblem, type Task, taskETag, tasksContract } from '@tend/contracts'
import type { Hono } from 'hono'
import { invalidToken } from '../../auth/authenticate.ts'
import { ProblemError } from '../../errors/problem-error.ts'
import { refuseUnacceptable } from '../../http/content-negotiation.ts'
import { serveContract } from '../../http/contract-adapter.ts'
import { matchesAnyTag } from '../../http/entity-tags.ts'
import type { ApiEnv } from '../../http/request-scope.ts'
import { beginChunks, streamText } from '../../http/stream-text.ts'
import { createTaskIds } from './create-task-ids.ts'
import { createTaskOnce } from './create-task-once.ts'
import { exportContentTypes, exportMediaTypes, exportTasks } from './export-tasks.ts'
import { importTasks } from './import-tasks.ts'
import { openTaskEvents } from './open-task-events.ts'
import { parseIfMatch } from './parse-if-match.ts'
import { changeTasks } from './task-bulk-queries.ts'
import { createTaskCursor, readTaskCursor, type TaskFilter } from './task-cursor.ts'
import { countDueTasks, countLabels, countTasks, listTasks } from './task-list-queries.ts'
import {
  deleteTask,
  findTask,
  hasTask,
  insertTask,
  restoreTask,
  type TaskChange,
  toggleTask,
  trashTask,
  updateTask,
} from './task-queries.ts'
import type { Caller, TaskRoutesOptions } from './task-routes-options.ts'
import { findPlace, type TaskPlace } from './task-sort.ts'

/** Serves the task routes of the contract. */
export function serveTasks(app: Hono<ApiEnv>, options: TaskRoutesOptions): void {
  const announce = ({ userId }: Caller) => options.taskFeed.announce(userId)
  const { db, authorize, clock } = options
  const createId = createTaskIds(clock)
  const now = () => new Date(clock())
  const todayInUtc = () => now().toISOString().slice(0, 10)

  serveContract(
    app,
    tasksContract,
    authorize,
    {
      list: async ({ query: { limit, cursor, ...filter }, caller: { userId } }) => {
        const after = cursor === undefined ? undefined : readCursor(userId, filter, cursor)
        const { sort, today = todayInUtc(), ...conditions } = filter
        const page = { sort, limit: limit + 1, after }
        const tasks = await listTasks(db, userId, { ...conditions, today }, page)
        const items = tasks.slice(0, limit)
        const last = tasks.length > limit ? items.at(-1) : undefined
        const nextCursor =
          last === undefined ? null : createTaskCursor(userId, filter, findPlace(sort, last))
        return { status: 200, body: { items, nextCursor } }
      },

      counts: async ({ query: { today = todayInUtc() }, caller: { userId } }) => {
        return { status: 200, body: await countTasks(db, userId, today) }
      },

      summary: async ({ query: { today = todayInUtc() }, caller: { userId } }) => {
        const [due, labels] = await Promise.all([
          countDueTasks(db, userId, today),
          countLabels(db, userId),
        ])
        labels.sort((one, other) => compareLabels(one.label, other.label))
        return { status: 200, body: { ...due, labels } }
      },

      bulk: async ({ body: { ids, action }, caller: { userId } }) => {
        const asked = [...new Set(ids.map((id) => id.toLowerCase()))]
        const reached = new Set(await changeTasks(db, userId, { ids: asked, action, now: now() }))
        const updated = asked.filter((id) => reached.has(id))
        const notFound = asked.filter((id) => !reached.has(id))
        return { status: 200, body: { updated, notFound } }
      },

      create: async ({ body, headers, caller: { userId }, requestId }) => {
        const { id, ...times } = createId()
        const createdAt = new Date(times.createdAt)
        const key = headers['idempotency-key']
        const task = await (key === undefined
          ? insertTask(db, userId, { ...body, id, createdAt })
          : createTaskOnce(db, userId, key, { id, createdAt, body })
        ).catch(refuseGoneAccount)
        return task ? showNewTask(task) : replayInFlight(requestId)
      },

      export: async ({ query: { format }, caller: { userId }, accept }) => {
        refuseUnacceptable(accept, [exportMediaTypes[format]])
        const chunks = exportTasks(db, userId, { format, now: now() })
        const filename = `tend-tasks-${todayInUtc()}.${format}`
        return {
          status: 200,
          // Begun here: a failure at the start is a problem and not half an answer.
          stream: streamText(await beginChunks(chunks)),
          headers: {
            'Content-Type': exportContentTypes[format],
            'Content-Disposition': `attachment; filename="${filename}"`,
          },
        }
      },

      import: async ({ body: { tasks }, caller: { userId } }) => {
        const added = await importTasks(db, userId, { tasks, now: now() }).catch(refuseGoneAccount)
        return { status: 200, body: { added, existing: tasks.length - added } }
      },

      events: ({ headers, caller, isHead }) =>
        openTaskEvents(options, caller, { lastEventId: headers['last-event-id'], isHead }),

      get: async ({ params, headers, caller: { userId }, requestId }) => {
        const task = await findTask(db, userId, params.id)
        if (task === undefined) return notFound(requestId)
        const etag = taskETag(task)
        if (!matchesAnyTag(headers['if-none-match'], etag)) return showTask(task)
        return { status: 304, body: undefined, headers: { ETag: etag } }
      },

      update: async ({ params: { id }, headers, body, caller: { userId }, requestId }) => {
        const versions = parseIfMatch(headers['if-match'])
        const task = await updateTask(db, userId, { id, now: now(), versions }, body)
        return task ? showTask(task) : explainMiss(userId, { id, versions }, requestId)
      },

      delete: async ({ params: { id }, query, headers, caller: { userId }, requestId }) => {
        const versions = parseIfMatch(headers['if-match'])
        const isPermanent = query.permanent === 'true'
        const change = { id, now: now(), versions }
        const deleted = await (isPermanent ? deleteTask : trashTask)(db, userId, change)
        return deleted ? noContent : explainMiss(userId, { id, versions, isPermanent }, requestId)
      },

      toggle: async ({ params: { id }, headers, caller: { userId }, requestId }) => {
        const versions = parseIfMatch(headers['if-match'])
        const task = await toggleTask(db, userId, { id, now: now(), versions })
        return task ? showTask(task) : explainMiss(userId, { id, versions }, requestId)
      },

      restore: async ({ params: { id }, caller: { userId }, requestId }) => {
        // What is not in the trash is as asked already: the answer to a restore that got lost may be asked for again.
        const task =
          (await restoreTask(db, userId, { id, now: now() })) ?? (await findTask(db, userId, id))
        return task ? showTask(task) : notFound(requestId)
      },
    },
    announce,
  )

  /** Tells why a change found no task. Nothing is decided here: the change itself has looked at the version. */
  async function explainMiss(
    userId: string,
    { id, versions, isPermanent = false }: Miss,
    requestId: string,
  ) {
    const where = isPermanent ? 'anywhere' : 'outside the trash'
    const isStale = versions !== undefined && (await hasTask(db, userId, id, where))
    return isStale ? changedMeanwhile(requestId) : notFound(requestId)
  }
}

type Miss = Pick<TaskChange, 'id' | 'versions'> & { isPermanent?: boolean }

const noContent = { status: 204, body: undefined } as const

function showNewTask(task: Task) {
  const headers = { Location: `/api/tasks/${task.id}`, ETag: taskETag(task) }
  return { status: 201, body: task, headers } as const
}

function replayInFlight(requestId: string) {
  const body = createProblem('REPLAY_IN_FLIGHT', { requestId })
  return { status: 409, body, headers: { 'Retry-After': '1' } } as const
}

function showTask(task: Task) {
  return { status: 200, body: task, headers: { ETag: taskETag(task) } } as const
}

function notFound(requestId: string) {
  return { status: 404, body: createProblem('TASK_NOT_FOUND', { requestId }) } as const
}

function changedMeanwhile(requestId: string) {
  return { status: 412, body: createProblem('TASK_CHANGED', { requestId }) } as const
}

function readCursor(userId: string, filter: TaskFilter, cursor: string): TaskPlace {
  const place = readTaskCursor(userId, filter, cursor)
  if (place !== null) return place
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
