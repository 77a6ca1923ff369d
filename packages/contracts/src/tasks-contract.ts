import { initContract } from '@ts-rest/core'
import { z } from 'zod'
import { problemOf } from './problem.ts'
import {
  bulkTasksResultSchema,
  bulkTasksSchema,
  createTaskSchema,
  deleteTaskQuerySchema,
  listTasksQuerySchema,
  taskCountsQuerySchema,
  taskCountsSchema,
  taskPageSchema,
  taskParamsSchema,
  taskSchema,
  taskSummarySchema,
  updateTaskSchema,
} from './task.ts'

const c = initContract()

/** A list of entity tags or `*` (RFC 9110, sections 13.1.1 and 13.1.2). */
const entityTagsSchema = z.string().min(1).max(1024).optional()

const notFound = { 404: problemOf('TASK_NOT_FOUND') }
const stale = { 412: problemOf('TASK_CHANGED') }
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
      responses: { 200: taskPageSchema },
    },
    create: {
      method: 'POST',
      path: '',
      summary: 'Add a task',
      body: createTaskSchema,
      responses: { 201: taskSchema, ...withBody },
    },
    counts: {
      method: 'GET',
      path: '/counts',
      summary: 'Count my tasks',
      query: taskCountsQuerySchema,
      responses: { 200: taskCountsSchema },
    },
    summary: {
      method: 'GET',
      path: '/summary',
      summary: 'Count my open tasks by view and label',
      query: taskCountsQuerySchema,
      responses: { 200: taskSummarySchema },
    },
    bulk: {
      method: 'POST',
      path: '/bulk',
      summary: 'Complete, reopen, delete or restore several tasks',
      body: bulkTasksSchema,
      responses: { 200: bulkTasksResultSchema, ...withBody },
    },
    get: {
      method: 'GET',
      path: '/:id',
      summary: 'Read one task',
      pathParams: taskParamsSchema,
      headers: { 'if-none-match': entityTagsSchema },
      responses: { 200: taskSchema, 304: c.noBody(), ...notFound },
    },
    update: {
      method: 'PATCH',
      path: '/:id',
      summary: 'Change some fields of a task',
      pathParams: taskParamsSchema,
      headers: { 'if-match': entityTagsSchema },
      body: updateTaskSchema,
      responses: { 200: taskSchema, ...notFound, ...stale, ...withBody },
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
      responses: { 200: taskSchema, ...notFound, ...stale, ...withBody },
    },
    restore: {
      method: 'POST',
      path: '/:id/restore',
      summary: 'Bring a task back from the trash',
      pathParams: taskParamsSchema,
      body: c.noBody(),
      responses: { 200: taskSchema, ...notFound, ...withBody },
    },
  },
  {
    pathPrefix: '/api/tasks',
    strictStatusCodes: true,
    commonResponses: {
      400: problemOf('MALFORMED_REQUEST'),
      401: problemOf('INVALID_TOKEN'),
      408: problemOf('REQUEST_TIMEOUT'),
      422: problemOf('VALIDATION_FAILED'),
      429: problemOf('RATE_LIMITED'),
      500: problemOf('INTERNAL_ERROR'),
      503: problemOf('UNAVAILABLE'),
    },
  },
)
