import { initContract } from '@ts-rest/core'
import { z } from 'zod'
import { problemOf } from './problem.ts'
import {
  bulkTasksResultSchema,
  bulkTasksSchema,
  createTaskSchema,
  deleteTaskQuerySchema,
  exportTasksQuerySchema,
  importTasksResultSchema,
  importTasksSchema,
  listTasksQuerySchema,
  taskCountsQuerySchema,
  taskCountsSchema,
  taskExportSchema,
  taskPageSchema,
  taskParamsSchema,
  taskSchema,
  taskSummarySchema,
  updateTaskSchema,
} from './task.ts'

const c = initContract()

/** A list of entity tags or `*` (RFC 9110, sections 13.1.1 and 13.1.2). */
const entityTagsSchema = z.string().min(1).max(1024).optional()

/** Names one attempt to create; sent again with it, the request creates nothing new. */
const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'Must be 1 to 255 visible ASCII characters')
  .optional()

const lastEventIdSchema = z.string().max(64).optional()

/** An import may have this many bytes, about thirty thousand tasks. */
const IMPORT_MAX_BYTES = 10 * 1024 * 1024

const notFound = { 404: problemOf('TASK_NOT_FOUND') }
const stale = { 412: problemOf('TASK_CHANGED') }
const negotiated = { 406: problemOf('NOT_ACCEPTABLE') }
const withBody = {
  413: problemOf('BODY_TOO_LARGE'),
  415: problemOf('UNSUPPORTED_MEDIA_TYPE'),
}

/** The task routes of the API. Each takes an access token in `Authorization: Bearer` and nothing else. */
export const tasksContract = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List my tasks',
      query: listTasksQuerySchema,
      responses: { 200: taskPageSchema, ...negotiated },
    },
    create: {
      method: 'POST',
      path: '',
      summary: 'Add a task',
      headers: { 'idempotency-key': idempotencyKeySchema },
      body: createTaskSchema,
      responses: {
        201: taskSchema,
        ...negotiated,
        409: problemOf('REPLAY_IN_FLIGHT'),
        ...withBody,
      },
    },
    counts: {
      method: 'GET',
      path: '/counts',
      summary: 'Count my tasks',
      query: taskCountsQuerySchema,
      responses: { 200: taskCountsSchema, ...negotiated },
    },
    summary: {
      method: 'GET',
      path: '/summary',
      summary: 'Count my open tasks by view and label',
      query: taskCountsQuerySchema,
      responses: { 200: taskSummarySchema, ...negotiated },
    },
    bulk: {
      method: 'POST',
      path: '/bulk',
      summary: 'Complete, reopen, delete or restore several tasks',
      body: bulkTasksSchema,
      responses: { 200: bulkTasksResultSchema, ...negotiated, ...withBody },
    },
    export: {
      method: 'GET',
      path: '/export',
      summary: 'Take all my tasks away, as JSON or CSV',
      query: exportTasksQuerySchema,
      metadata: { mediaTypes: ['application/json', 'text/csv'] },
      responses: { 200: taskExportSchema, ...negotiated },
    },
    import: {
      method: 'POST',
      path: '/import',
      summary: 'Add the tasks of a JSON export that I do not have',
      body: importTasksSchema,
      metadata: { maxBodyBytes: IMPORT_MAX_BYTES },
      responses: { 200: importTasksResultSchema, ...negotiated, ...withBody },
    },
    events: {
      method: 'GET',
      path: '/events',
      summary: 'Follow changes of my tasks as they happen (Server-Sent Events)',
      headers: { 'last-event-id': lastEventIdSchema },
      responses: {
        200: c.otherResponse({ contentType: 'text/event-stream', body: z.string() }),
        ...negotiated,
      },
    },
    get: {
      method: 'GET',
      path: '/:id',
      summary: 'Read one task',
      pathParams: taskParamsSchema,
      headers: { 'if-none-match': entityTagsSchema },
      responses: { 200: taskSchema, ...negotiated, 304: c.noBody(), ...notFound },
    },
    update: {
      method: 'PATCH',
      path: '/:id',
      summary: 'Change some fields of a task',
      pathParams: taskParamsSchema,
      headers: { 'if-match': entityTagsSchema },
      body: updateTaskSchema,
      responses: { 200: taskSchema, ...negotiated, ...notFound, ...stale, ...withBody },
    },
    delete: {
      method: 'DELETE',
      path: '/:id',
      summary: 'Move a task to the trash for 30 days, or delete it for good',
      pathParams: taskParamsSchema,
      query: deleteTaskQuerySchema,
      headers: { 'if-match': entityTagsSchema },
      body: c.noBody(),
      responses: { 204: c.noBody(), ...notFound, ...stale, ...withBody },
    },
    toggle: {
      method: 'POST',
      path: '/:id/toggle',
      summary: 'Complete an open task, reopen a completed one',
      pathParams: taskParamsSchema,
      headers: { 'if-match': entityTagsSchema },
      body: c.noBody(),
      responses: { 200: taskSchema, ...negotiated, ...notFound, ...stale, ...withBody },
    },
    restore: {
      method: 'POST',
      path: '/:id/restore',
      summary: 'Bring a task back from the trash',
      pathParams: taskParamsSchema,
      body: c.noBody(),
      responses: { 200: taskSchema, ...negotiated, ...notFound, ...withBody },
    },
  },
  {
    pathPrefix: '/api/tasks',
    strictStatusCodes: true,
    commonResponses: {
      400: problemOf('MALFORMED_REQUEST'),
      401: problemOf('INVALID_TOKEN'),
      403: problemOf('HTTPS_REQUIRED'),
      408: problemOf('REQUEST_TIMEOUT'),
      422: problemOf('VALIDATION_FAILED'),
      429: problemOf('RATE_LIMITED'),
      500: problemOf('INTERNAL_ERROR'),
      503: problemOf('UNAVAILABLE'),
    },
  },
)
