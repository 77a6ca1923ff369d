import { randomUUID } from 'node:crypto'
import { createTasksDocument } from '@tend/contracts/openapi'
import { createConformance } from '@tend/contracts/test-openapi/conformance'
import {
  type Endpoint,
  listExamples,
  type OperationRequest,
} from '@tend/contracts/test-openapi/make-requests'
import { connectDatabase } from '@tend/database/connect-database'
import { parseTrustedProxies } from '@tend/runtime/client-address'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audience } from './auth/test-tokens.ts'
import { type Person, startTestApi, type TestApi, type TestRequest } from './test-api.ts'

const document = createTasksDocument([{ url: audience }])
const conformance = createConformance(document)
const { endpoints } = conformance

/** The answers that a request alone cannot bring about; tests of their own do. */
const notFromRequests = new Set(['408', '409', '500'])

let api: TestApi
let person: Person
let openTask: string

/** The same API where each person has one request a minute. */
let limited: TestApi
/** The same API without a database. */
let stranded: TestApi
/** The same API behind a proxy that people reach by https. */
let secure: TestApi
const away = connectDatabase('postgres://nobody@127.0.0.1:1/none', { timestamps: 'iso' })

beforeAll(async () => {
  api = await startTestApi()
  limited = await startTestApi({ rateLimitPerMinute: 1 })
  stranded = await startTestApi({ db: away })
  secure = await startTestApi({
    apiUrl: 'https://api.test',
    trustedProxies: parseTrustedProxies('10.0.0.0/8') ?? [],
  })
  person = await api.createPerson()
})
afterAll(async () => {
  await Promise.all([api, limited, stranded, secure].map((each) => each.close()))
  await away.destroy()
})

/** Adds a task and gives its id. */
async function addTask(): Promise<string> {
  const { token } = person
  const response = await api.send('POST', '/api/tasks', { token, body: { title: 'Conform' } })
  expect(response.status).toBe(201)
  return response.headers.get('location')?.split('/').at(-1) ?? ''
}

async function addDeletedTask(): Promise<string> {
  const id = await addTask()
  await api.send('DELETE', `/api/tasks/${id}`, { token: person.token })
  return id
}

/** Sends a request and holds its answer to the document. */
async function send(
  endpoint: Endpoint,
  request: OperationRequest,
  options: TestRequest = {},
  to: TestApi = api,
): Promise<number> {
  return conformance.send(endpoint, request, ({ method, target, headers, body }) =>
    to.send(method, target, {
      token: person.token,
      ...(body !== undefined && { body }),
      ...options,
      headers: { ...headers, ...options.headers },
    }),
  )
}

/** The same request about a task that exists. */
function about(id: string, { operation }: Endpoint, request: OperationRequest): OperationRequest {
  const takesId = operation.parameters?.some(({ in: place }) => place === 'path')
  return takesId ? { ...request, parameters: { ...request.parameters, id } } : request
}

function hasHeader({ operation }: Endpoint, name: string): boolean {
  return operation.parameters?.some((one) => one.in === 'header' && one.name === name) ?? false
}

it('serves the document that describes it', async () => {
  const response = await api.send('GET', '/openapi.json')
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(document)))
})

describe.each(
  endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const),
)('%s', (_name, endpoint) => {
  beforeAll(async () => {
    openTask = await addTask()
  })

  it('takes what the document shows', async () => {
    for (const example of listExamples(endpoint)) {
      const statuses = [
        await send(endpoint, about(await addTask(), endpoint, example)),
        await send(endpoint, about(await addDeletedTask(), endpoint, example)),
      ]
      expect(
        statuses.some((status) => status < 300),
        `${statuses}`,
      ).toBe(true)
    }
  })

  it('takes what the schemas allow', async () => {
    for (const request of conformance.makeValid(endpoint, 20)) {
      const statuses = [
        await send(endpoint, request),
        await send(endpoint, about(await addTask(), endpoint, request)),
      ]
      const refusals = statuses.filter((status) => [400, 413, 415, 422].includes(status))
      expect(refusals, JSON.stringify(request)).toEqual([])
    }
  })

  it('refuses what the schemas do not allow, with 422', async () => {
    for (const valid of conformance.makeValid(endpoint, 2)) {
      const broken = conformance.makeInvalid(endpoint, about(openTask, endpoint, valid))
      for (const request of broken) {
        expect(await send(endpoint, request), JSON.stringify(request).slice(0, 500)).toBe(422)
      }
    }
    // A file of an import can be broken in a great many places.
  }, 180_000)

  it('answers with every status that the document names', async () => {
    const [valid = { parameters: {} }] = listExamples(endpoint)
    const known = about(openTask, endpoint, valid)
    await send(endpoint, about(randomUUID(), endpoint, valid))
    await send(endpoint, known, { token: undefined })
    await send(endpoint, known, { token: 'none' })
    if (hasHeader(endpoint, 'If-None-Match')) {
      await send(endpoint, known, { headers: { 'if-none-match': '*' } })
    }
    if (hasHeader(endpoint, 'If-Match')) {
      await send(endpoint, known, { headers: { 'if-match': '"never"' } })
    }
    if ('406' in endpoint.operation.responses) {
      await send(endpoint, known, { headers: { accept: 'image/png' } })
    }
    if (endpoint.method !== 'GET') {
      await send(endpoint, known, { body: '{"title":' })
      await send(endpoint, known, { body: 'title', headers: { 'content-type': 'text/plain' } })
      await send(endpoint, known, { body: '{}', headers: { 'content-length': '99999999999' } })
    } else {
      await send({ ...endpoint, path: `${endpoint.path}?%ff` }, known)
    }
    const overHttp = { headers: { 'x-forwarded-proto': 'http' }, peer: '10.1.2.3' }
    expect(await send(endpoint, known, overHttp, secure)).toBe(403)
    const { token } = await limited.createPerson()
    await send(endpoint, known, { token }, limited)
    expect(await send(endpoint, known, { token }, limited)).toBe(429)
    expect(await send(endpoint, known, {}, stranded)).toBe(503)
    const missing = conformance
      .findUnseen(endpoint)
      .filter((status) => !notFromRequests.has(status))
    expect(missing).toEqual([])
  })
})
