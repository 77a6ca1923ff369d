import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { problemSchema, type Task, taskETag, tasksContract } from '@tend/contracts'
import { connectDatabase } from '@tend/database/connect-database'
import { forUser } from '@tend/database/for-user'
import { parseTrustedProxies } from '@tend/runtime/client-address'
import { createLogger } from '@tend/runtime/logger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpServer } from '../../http/create-http-server.ts'
import { createSecurityHeaders } from '../../http/security-headers.ts'
import { listenLocally, sendRaw } from '../../http/test-raw-request.ts'
import { startTestApi, type TestApi } from '../../test-api.ts'
import { tryLockKey } from './idempotency-queries.ts'
import { addTask, callTasks, type TaskCall, type TaskRoute } from './test-task-calls.ts'

// Every status that the contract declares for a route is brought about here, and the answer held to its schema.

const routes = Object.entries(tasksContract).flatMap(([name, { responses }]) =>
  Object.keys(responses).map((status) => ({ name: name as TaskRoute, status: Number(status) })),
)

/** The app as it is, one request a minute, with a bug in each query, without a database, and served by https. */
let apis: Record<'usual' | 'limited' | 'broken' | 'cutOff' | 'secure', TestApi>
let away: ReturnType<typeof connectDatabase<'iso'>>
let server: Server
let port: number

beforeAll(async () => {
  away = connectDatabase('postgres://nobody:x@127.0.0.1:1/none', { timestamps: 'iso' })
  const usual = await startTestApi()
  const broken = usual.pool.withPlugin({
    transformQuery: () => {
      throw new TypeError('a bug')
    },
    transformResult: async ({ result }) => result,
  })
  apis = {
    usual,
    limited: await startTestApi({ rateLimitPerMinute: 1 }),
    broken: await startTestApi({ db: broken }),
    cutOff: await startTestApi({ db: away }),
    secure: await startTestApi({
      apiUrl: 'https://api.test',
      trustedProxies: parseTrustedProxies('10.0.0.0/8') ?? [],
    }),
  }
  const log = createLogger({ name: 'test', level: 'silent' })
  server = createHttpServer(usual.app, { log, headers: createSecurityHeaders('https://api.test') })
  Object.assign(server, { headersTimeout: 300, requestTimeout: 500 })
  port = await listenLocally(server)
})
afterAll(async () => {
  server.close()
  await away.destroy()
  await Promise.all(Object.values(apis).map((api) => api.close()))
})

const exportedTask: Task = {
  id: '019aa5b0-0000-7000-8000-000000000001',
  title: 'x',
  description: null,
  isCompleted: false,
  dueDate: null,
  priority: 'none',
  labels: [],
  createdAt: '2025-11-21T09:30:00.000Z',
  updatedAt: '2025-11-21T09:30:00.000Z',
}

/** A request that each route takes gladly. */
function goodCall(name: TaskRoute): TaskCall {
  if (name === 'create') return { body: { title: 'x' } }
  if (name === 'update') return { body: { title: 'y' } }
  if (name === 'import') {
    return { body: { version: 1, exportedAt: exportedTask.createdAt, tasks: [exportedTask] } }
  }
  if (name === 'bulk') return { body: { ids: [randomUUID()], action: 'complete' } }
  return {}
}

async function call(api: TestApi, name: TaskRoute, changes: TaskCall = {}) {
  const by = await api.createPerson()
  const hasId = tasksContract[name].path.includes(':id')
  const id = hasId && api === apis.usual ? (await addTask(api, by)).id : randomUUID()
  return callTasks(api, name, { by, id, ...goodCall(name), ...changes })
}

type Cause = (name: TaskRoute) => Promise<{ status: number; headers?: Headers }>

const causes: Record<number, Cause> = {
  200: (name) => call(apis.usual, name),
  201: (name) => call(apis.usual, name),
  204: (name) => call(apis.usual, name),
  304: (name) => call(apis.usual, name, { headers: { 'if-none-match': '*' } }),
  400: (name) => call(apis.usual, name, { query: '?%zz' }),
  401: (name) => callTasks(apis.usual, name, { id: randomUUID(), ...goodCall(name) }),
  403: (name) =>
    call(apis.secure, name, { headers: { 'x-forwarded-proto': 'http' }, peer: '10.1.2.3' }),
  404: (name) => call(apis.usual, name, { id: randomUUID() }),
  406: (name) => call(apis.usual, name, { headers: { accept: 'image/png' } }),
  408: requestTooSlowly,
  412: (name) =>
    call(apis.usual, name, {
      headers: { 'if-match': taskETag({ updatedAt: '2000-01-01T00:00:00.000Z' }) },
    }),
  409: async (name) => {
    const by = await apis.usual.createPerson()
    return apis.usual.pool.transaction().execute(async (trx) => {
      await tryLockKey(trx, by.id, 'a-key')
      const headers = { 'idempotency-key': 'a-key' }
      return callTasks(apis.usual, name, { by, ...goodCall(name), headers })
    })
  },
  413: (name) => {
    const length = name === 'import' ? 10 * 1024 * 1024 : 64 * 1024
    return call(apis.usual, name, { body: { title: 'x'.repeat(length) } })
  },
  415: (name) => call(apis.usual, name, { body: {}, headers: { 'content-type': 'text/plain' } }),
  422: (name) => call(apis.usual, name, { query: '?unknown=1' }),
  429: async (name) => {
    const by = await apis.limited.createPerson()
    const request = { by, id: randomUUID(), ...goodCall(name) }
    await callTasks(apis.limited, name, request)
    return callTasks(apis.limited, name, request)
  },
  500: (name) => call(apis.broken, name),
  503: (name) => call(apis.cutOff, name),
}

/** Begins a request and never ends it: the HTTP server answers, for all routes alike. */
async function requestTooSlowly(name: TaskRoute) {
  const { method, path } = tasksContract[name]
  const answer = await sendRaw(
    port,
    `${method} ${path.replace(':id', randomUUID())} HTTP/1.1\r\nHost: a\r\n`,
  )
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  const problem: unknown = JSON.parse(body)
  expect(tasksContract[name].responses[408].parse(problem)).toEqual(problem)
  return { status: Number(head.split(' ')[1]) }
}

describe('a task route answers as declared', () => {
  it.concurrent.each(routes)('$name: $status', async ({ name, status }) => {
    const cause = causes[status]
    expect(cause, `No test brings about ${status}`).toBeDefined()
    const answer = await cause?.(name)
    expect(answer?.status).toBe(status)
  })
})

describe('a failure of ours', () => {
  it('tells the client nothing of its cause and the log all of it', async () => {
    const { body } = await call(apis.broken, 'list')
    const problem = problemSchema.parse(body)
    expect(JSON.stringify(body)).not.toContain('bug')
    const line = apis.broken.lines.find((entry) => entry.requestId === problem.requestId)
    expect(line).toMatchObject({ level: 'error', err: { type: 'TypeError', message: 'a bug' } })
  })

  it('is a 503 with a time to wait when the database is away', async () => {
    const { status, headers } = await call(apis.cutOff, 'list')
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('2')
  })

  it('is a 503 as well when the database takes too long', async () => {
    const { usual } = apis
    const db = connectDatabase(usual.url, { timestamps: 'iso', statementTimeout: 200 })
    const impatient = await startTestApi({ db })
    const ada = await usual.createPerson()
    const task = await addTask(usual, ada)
    await forUser(usual.pool, ada.id)
      .transaction()
      .execute(async (transaction) => {
        await transaction.selectFrom('task').select('id').forUpdate().execute()
        const request = { by: ada, id: task.id, body: { title: 'Locked' } }
        const { status, headers } = await callTasks(impatient, 'update', request)
        expect(status).toBe(503)
        expect(headers.get('retry-after')).toBe('2')
      })
    await impatient.close()
    await db.destroy()
  })
})
