import { randomUUID } from 'node:crypto'
import { problemSchema, taskETag, tasksContract } from '@tend/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeToken } from './auth/test-tokens.ts'
import { addTask } from './features/tasks/test-task-calls.ts'
import { startTestApi, type TestApi } from './test-api.ts'

let api: TestApi
let tokens: string[]
let ids: string[]

beforeAll(async () => {
  api = await startTestApi()
  const people = [await api.createPerson(), await api.createPerson()]
  tokens = people.map((person) => person.token)
  ids = []
  for (const person of people) {
    for (let count = 0; count < taskCount / 2; count += 1) ids.push((await addTask(api, person)).id)
  }
})
afterAll(() => api.close())

const taskCount = 100

const visible = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((c) => c !== 0x7f)
    .map((c) => String.fromCharCode(c)),
})
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ maxLength: 11_000, size: 'max' }),
)

const id = fc.oneof(
  { weight: 4, arbitrary: fc.nat(taskCount - 1).map((index) => ids[index] ?? '') },
  fc.uuid(),
  fc.string().map(encodeURIComponentLoosely),
  fc.constantFrom('%00', '%', '%ff', '..', '.', '0', 'undefined'),
)

const routes = Object.values(tasksContract)
const methods = ['GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD', 'OPTIONS', 'PROPFIND']

const target = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...routes), id)
      .map(([route, value]): { method: string; path: string } => ({
        method: route.method,
        path: route.path.replace(':id', value),
      })),
  },
  fc.record({
    method: fc.constantFrom(...methods),
    path: fc.oneof(
      fc.webPath(),
      fc.constantFrom('/health/live', '/health/ready', '/', '//', '/api', '/api/tasks/'),
      fc.constantFrom(...routes.map((route) => route.path)),
    ),
  }),
)

const query = fc.oneof(
  { weight: 9, arbitrary: fc.constant('') },
  fc
    .tuple(
      fc.constantFrom(
        ...['limit', 'cursor', 'status', '__proto__', 'q', '', 'label', 'due', 'today', 'sort'],
        ...['permanent', 'format'],
      ),
      fc.oneof(
        fc.integer().map(String),
        fc.string(),
        fc.base64String(),
        fc.constantFrom('due', 'title', 'overdue', 'deleted', 'true', 'csv', '2026-11-21'),
      ),
    )
    .map(([key, value]) => `?${key}=${encodeURIComponentLoosely(value)}`),
  fc.webQueryParameters().map((value) => `?${value}`),
)

const body = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 6, arbitrary: fc.record({ title: text }).map((value) => JSON.stringify(value)) },
  {
    weight: 4,
    arbitrary: fc
      .record(
        {
          title: text,
          description: fc.option(text),
          isCompleted: fc.boolean(),
          dueDate: fc.option(fc.oneof(fc.string(), fc.constantFrom('2026-11-21', '0000-01-01'))),
          priority: fc.constantFrom('none', 'high', 'urgent'),
          labels: fc.array(text, { maxLength: 12 }),
          ids: fc.array(id, { maxLength: 3 }),
          action: fc.constantFrom('complete', 'delete', 'restore', 'x'),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  },
  fc.json(),
  fc
    .record({ title: fc.anything(), description: fc.anything() }, { requiredKeys: [] })
    .map((value) =>
      JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? Number(member) : member)),
    ),
  fc.string(),
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom(
    '{}',
    '[]',
    'null',
    '{"title":"x"}',
    '{"__proto__":{}}',
    '{"title":"\\ud800"}',
    ' '.repeat(70_000),
    `{"title":"x","labels":[${'{},'.repeat(20_000)}{}]}`,
    `{"tasks":[${'{},'.repeat(20_000)}{}]}`,
  ),
)

const headers = fc.dictionary(
  fc.constantFrom(
    'if-match',
    'if-none-match',
    'content-type',
    'origin',
    'x-request-id',
    'x-forwarded-for',
    'content-encoding',
    'accept',
    'access-control-request-method',
    'cookie',
    'range',
    'idempotency-key',
    'last-event-id',
    'expect',
  ),
  fc.oneof(
    visible,
    // Tags as tasks have them, of any moment there is and of some that there are not.
    fc.maxSafeInteger().map((moment) => `"${moment.toString(36)}"`),
    fc.date({ noInvalidDate: true }).map((moment) => `"${moment.getTime().toString(36)}"`),
    fc.constantFrom(
      '*',
      '"x"',
      'W/"x"',
      '"',
      ',',
      taskETag({ updatedAt: '2026-01-01T00:00:00.000Z' }),
      'application/json',
      'application/json; charset=',
    ),
  ),
  { maxKeys: 4 },
)

const credentials = fc.oneof(
  { weight: 8, arbitrary: fc.nat(1).map((index) => `Bearer ${tokens[index]}`) },
  fc.constant(undefined),
  visible,
  visible.map((value) => `Bearer ${value}`),
  fc
    .dictionary(fc.constantFrom('sub', 'exp', 'iat', 'aud', 'jti'), fc.jsonValue(), { maxKeys: 2 })
    .map((claims) => `Bearer ${makeToken({ claims })}`),
  fc.constant(0).map(() => `Bearer ${makeToken({ claims: { sub: randomUUID() } })}`),
)

/** Half-encoded on purpose: what encodeURIComponent refuses, such as lone surrogates, goes in as it is. */
function encodeURIComponentLoosely(value: string): string {
  return value.isWellFormed() ? encodeURIComponent(value) : value
}

describe('whatever is asked', () => {
  it('2,000 random requests are answered without a failure of ours', async () => {
    const statuses = new Map<number, number>()
    const request = fc.record({ target, query, body, headers, credentials })
    const property = fc.asyncProperty(
      request,
      async ({ target: { method, path }, credentials: authorization, ...rest }) => {
        const takesBody = method !== 'GET' && method !== 'HEAD' && rest.body !== undefined
        const response = await api.app.request(`http://api.test${path}${rest.query}`, {
          method,
          headers: {
            'content-type': 'application/json',
            ...rest.headers,
            ...(authorization !== undefined && { authorization }),
          },
          ...(takesBody && { body: new Blob([rest.body ?? '']) }),
        })
        const { status } = response
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        expect(status).toBeLessThan(500)
        if (response.headers.get('content-type') === 'text/event-stream') {
          await response.body?.cancel()
          return
        }
        const answer = await response.text()
        if (status >= 400 && method !== 'HEAD') problemSchema.parse(JSON.parse(answer))
      },
    )
    await fc.assert(property, { numRuns: 2_000 })
    // The requests are random, not hopeless: all kinds of answers are among them.
    for (const status of [200, 201, 400, 401, 404, 405, 422]) {
      expect(
        statuses.get(status) ?? 0,
        `${status} in ${JSON.stringify([...statuses])}`,
      ).toBeGreaterThan(0)
    }
  }, 60_000)
})
