// The task routes as an experienced user of Fastify writes them: schemas in and out, @fastify/jwt, a pg pool, plain SQL.
import jwt from '@fastify/jwt'
import Fastify, { type FastifyRequest, LogController } from 'fastify'
import { Pool, types } from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { readPeerSettings } from './peer-settings.ts'

const { port, databaseUrl, secret, issuer, audience } = readPeerSettings()

type Id = { id: string }
type NewTask = {
  title: string
  description?: string | null
  dueDate?: string | null
  priority?: string
  labels?: string[]
}
type Page = { limit: number; cursor?: string }

const dateOid = 1082
types.setTypeParser(dateOid, (text) => text)
const pool = new Pool({ connectionString: databaseUrl, max: 10, application_name: 'fastify' })
pool.on('error', () => {})

const columns = `id, title, description, is_completed as "isCompleted", due_date as "dueDate", priority, labels,
  created_at as "createdAt", updated_at as "updatedAt"`

const taskFields = {
  title: { type: 'string', minLength: 1, maxLength: 200 },
  description: { type: ['string', 'null'], maxLength: 10_000 },
  dueDate: { type: ['string', 'null'], format: 'date' },
  priority: { type: 'string', enum: ['none', 'low', 'medium', 'high'] },
  labels: { type: 'array', maxItems: 10, items: { type: 'string', minLength: 1, maxLength: 30 } },
} as const
const task = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    title: { type: 'string' },
    description: { type: ['string', 'null'] },
    isCompleted: { type: 'boolean' },
    dueDate: { type: ['string', 'null'] },
    priority: { type: 'string' },
    labels: { type: 'array', items: { type: 'string' } },
    createdAt: { type: 'string', format: 'date-time' },
    updatedAt: { type: 'string', format: 'date-time' },
  },
} as const
const page = {
  type: 'object',
  properties: {
    items: { type: 'array', items: task },
    nextCursor: { type: ['string', 'null'] },
  },
} as const
const params = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', format: 'uuid' } },
} as const

const app = Fastify({
  logger: { level: 'info' },
  // One line a request, below, in place of two.
  logController: new LogController({ disableRequestLogging: true }),
})
app.register(jwt, {
  secret,
  verify: {
    algorithms: ['HS256'],
    allowedIss: issuer,
    allowedAud: audience,
    requiredClaims: ['sub', 'email', 'sid', 'iat', 'exp', 'jti'],
    checkTyp: 'at+jwt',
  },
})
app.addHook('onRequest', async (request) => {
  await request.jwtVerify()
})
app.addHook('onResponse', async (request, reply) => {
  const { method, routeOptions } = request
  const { statusCode, elapsedTime } = reply
  request.log.info({ method, route: routeOptions.url, statusCode, elapsedTime }, 'request')
})

function userOf(request: FastifyRequest): string {
  const claims = request.user
  return typeof claims === 'object' && 'sub' in claims ? String(claims.sub) : ''
}

app.get<{ Querystring: Page }>(
  '/api/tasks',
  {
    schema: {
      querystring: {
        type: 'object',
        additionalProperties: false,
        properties: {
          limit: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
          cursor: { type: 'string', format: 'uuid' },
        },
      },
      response: { 200: page },
    },
  },
  async (request) => {
    const { limit, cursor } = request.query
    const behind = cursor === undefined ? '' : 'and id < $3'
    const { rows } = await pool.query(
      `select ${columns} from plain_task where user_id = $1 and deleted_at is null ${behind}
       order by id desc limit $2`,
      [userOf(request), limit + 1, ...(cursor === undefined ? [] : [cursor])],
    )
    const items = rows.slice(0, limit)
    return { items, nextCursor: rows.length > limit ? items.at(-1).id : null }
  },
)

app.get<{ Params: Id }>(
  '/api/tasks/:id',
  { schema: { params, response: { 200: task } } },
  async (request, reply) => {
    const { rows } = await pool.query(
      `select ${columns} from plain_task where user_id = $1 and id = $2 and deleted_at is null`,
      [userOf(request), request.params.id],
    )
    return rows[0] ?? reply.code(404).send({ message: 'There is no such task' })
  },
)

app.post<{ Body: NewTask }>(
  '/api/tasks',
  {
    schema: {
      body: {
        type: 'object',
        required: ['title'],
        additionalProperties: false,
        properties: taskFields,
      },
      response: { 201: task },
    },
  },
  async (request, reply) => {
    const { title, description, dueDate, priority, labels } = request.body
    const now = new Date()
    const { rows } = await pool.query(
      `insert into plain_task (user_id, id, title, description, due_date, priority, labels, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8) returning ${columns}`,
      [
        userOf(request),
        uuidv7(),
        title.trim(),
        description ?? null,
        dueDate ?? null,
        priority ?? 'none',
        labels ?? [],
        now,
      ],
    )
    return reply.code(201).header('location', `/api/tasks/${rows[0].id}`).send(rows[0])
  },
)

app.post<{ Params: Id }>(
  '/api/tasks/:id/toggle',
  { schema: { params, response: { 200: task } } },
  async (request, reply) => {
    const { rows } = await pool.query(
      `update plain_task set is_completed = not is_completed, updated_at = $3
       where user_id = $1 and id = $2 and deleted_at is null returning ${columns}`,
      [userOf(request), request.params.id, new Date()],
    )
    return rows[0] ?? reply.code(404).send({ message: 'There is no such task' })
  },
)

await app.listen({ port, host: '127.0.0.1' })
