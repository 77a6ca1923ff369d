// The task routes as an experienced user of Hono writes them: hono/jwt, validators with zod, Kysely on a pg pool.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type JwtVariables, jwt } from 'hono/jwt'
import { validator } from 'hono/validator'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, types } from 'pg'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { readPeerSettings } from './peer-settings.ts'

const { port, databaseUrl, secret, issuer, audience } = readPeerSettings()

type TaskTable = {
  user_id: string
  id: string
  title: string
  description: string | null
  is_completed: boolean
  due_date: string | null
  priority: 'none' | 'low' | 'medium' | 'high'
  labels: string[]
  created_at: Date
  updated_at: Date
  deleted_at: Date | null
}

const dateOid = 1082
types.setTypeParser(dateOid, (text) => text)
const pool = new Pool({ connectionString: databaseUrl, max: 10, application_name: 'hono' })
pool.on('error', () => {})
const db = new Kysely<{ plain_task: TaskTable }>({ dialect: new PostgresDialect({ pool }) })
const columns = [
  'id',
  'title',
  'description',
  'is_completed as isCompleted',
  'due_date as dueDate',
  'priority',
  'labels',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const

const querySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.guid().optional(),
})
const newTaskSchema = z.strictObject({
  title: z.string().trim().min(1).max(200),
  description: z.string().max(10_000).nullable().optional(),
  dueDate: z.iso.date().nullable().optional(),
  priority: z.enum(['none', 'low', 'medium', 'high']).optional(),
  labels: z.array(z.string().trim().min(1).max(30)).max(10).optional(),
})
const paramSchema = z.object({ id: z.guid() })

const log = pino({ level: 'info' })
const app = new Hono<{ Variables: JwtVariables<{ sub: string }> }>()

app.use(async (c, next) => {
  const startedAt = performance.now()
  await next()
  const ms = performance.now() - startedAt
  log.info({ method: c.req.method, path: c.req.path, status: c.res.status, ms }, 'request')
})
app.use(
  '/api/*',
  jwt({ secret, alg: 'HS256', verification: { iss: issuer, aud: audience, typ: 'at+jwt' } }),
)

const params = validator('param', (value, c) => {
  const parsed = paramSchema.safeParse(value)
  return parsed.success ? parsed.data : c.json({ message: parsed.error.message }, 422)
})

app.get(
  '/api/tasks',
  validator('query', (value, c) => {
    const parsed = querySchema.safeParse(value)
    return parsed.success ? parsed.data : c.json({ message: parsed.error.message }, 422)
  }),
  async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const rows = await db
      .selectFrom('plain_task')
      .select(columns)
      .where('user_id', '=', c.get('jwtPayload').sub)
      .where('deleted_at', 'is', null)
      .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const items = rows.slice(0, limit)
    return c.json({ items, nextCursor: rows.length > limit ? items.at(-1)?.id : null })
  },
)

app.get('/api/tasks/:id', params, async (c) => {
  const task = await db
    .selectFrom('plain_task')
    .select(columns)
    .where('user_id', '=', c.get('jwtPayload').sub)
    .where('id', '=', c.req.valid('param').id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return task ? c.json(task) : c.json({ message: 'There is no such task' }, 404)
})

app.post(
  '/api/tasks',
  validator('json', (value, c) => {
    const parsed = newTaskSchema.safeParse(value)
    return parsed.success ? parsed.data : c.json({ message: parsed.error.message }, 422)
  }),
  async (c) => {
    const { title, description, dueDate, priority, labels } = c.req.valid('json')
    const now = new Date()
    const task = await db
      .insertInto('plain_task')
      .values({
        user_id: c.get('jwtPayload').sub,
        id: uuidv7(),
        title,
        description: description ?? null,
        is_completed: false,
        due_date: dueDate ?? null,
        priority: priority ?? 'none',
        labels: labels ?? [],
        created_at: now,
        updated_at: now,
        deleted_at: null,
      })
      .returning(columns)
      .executeTakeFirstOrThrow()
    return c.json(task, 201, { location: `/api/tasks/${task.id}` })
  },
)

app.post('/api/tasks/:id/toggle', params, async (c) => {
  const task = await db
    .updateTable('plain_task')
    .set({ is_completed: sql<boolean>`not is_completed`, updated_at: new Date() })
    .where('user_id', '=', c.get('jwtPayload').sub)
    .where('id', '=', c.req.valid('param').id)
    .where('deleted_at', 'is', null)
    .returning(columns)
    .executeTakeFirst()
  return task ? c.json(task) : c.json({ message: 'There is no such task' }, 404)
})

serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
