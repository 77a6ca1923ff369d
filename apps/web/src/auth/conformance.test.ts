import { randomBytes, randomUUID } from 'node:crypto'
import { currentSessionSchema } from '@tend/contracts'
import { createAuthDocument } from '@tend/contracts/openapi'
import { createConformance } from '@tend/contracts/test-openapi/conformance'
import {
  type Endpoint,
  listExamples,
  type OperationRequest,
} from '@tend/contracts/test-openapi/make-requests'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  newEmail,
  startTestAuthServer,
  type TestAuthServer,
  type TestRequest,
} from './test-auth-server.ts'

const conformance = createConformance(createAuthDocument())
const { endpoints } = conformance

type Person = Awaited<ReturnType<TestAuthServer['register']>>

/** The server as it is, one that confirms addresses first, and one without a database. */
let servers: Record<'usual' | 'verifying' | 'stranded', TestAuthServer>

beforeAll(async () => {
  // One secret, so that a cookie of the one is good for the other.
  const environment = { BETTER_AUTH_SECRET: randomBytes(32).toString('base64') }
  servers = {
    usual: await startTestAuthServer({ environment }),
    verifying: await startTestAuthServer({ environment: { REQUIRE_EMAIL_VERIFICATION: 'true' } }),
    stranded: await startTestAuthServer({
      databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
      environment,
    }),
  }
})
afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())))

/** Sends a request as the person and holds its answer to the document. */
function send(
  endpoint: Endpoint,
  request: OperationRequest,
  { to = servers.usual, ...options }: TestRequest & { to?: TestAuthServer } = {},
): Promise<number> {
  return conformance.send(endpoint, request, ({ method, target, headers, body }) =>
    to.fetch(target, { method, body, ...options, headers: { ...headers, ...options.headers } }),
  )
}

/** Answers that no single request brings about, or that come before there is one: tests of their own do. */
const notFromRequests = new Set(['429', '500'])

/** The same request with what is true of a person in place of what was made up. */
async function about(
  person: Person,
  { path }: Endpoint,
  { parameters, ...rest }: OperationRequest,
): Promise<OperationRequest> {
  const truth: Record<string, unknown> = {
    email: path.endsWith('/register') ? newEmail() : person.email,
    newEmail: newEmail(),
    password: person.password,
    currentPassword: person.password,
    ...(path.endsWith('/password-reset') && { token: await readResetToken(person) }),
  }
  const ids = path.includes('{id}') ? { id: await readSessionId(person) } : {}
  const body = 'body' in rest ? { body: { ...toRecord(rest.body), ...pick(truth, rest.body) } } : {}
  return { parameters: { ...parameters, ...ids }, ...body }
}

function toRecord(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value ?? {}))
}

function pick(truth: Record<string, unknown>, of: unknown): Record<string, unknown> {
  const names = Object.keys(of ?? {}).filter((name) => name in truth)
  return Object.fromEntries(names.map((name) => [name, truth[name]]))
}

async function readResetToken({ email }: Person): Promise<string> {
  const { usual } = servers
  await usual.send('/api/auth/forgot-password', { method: 'POST', body: { email } })
  return vi.waitFor(() => {
    const mail = usual.mails.findLast((one) => one.to === email && one.kind === 'reset-password')
    if (mail?.kind !== 'reset-password') throw new Error('No mail has come yet')
    return mail.token
  })
}

async function readSessionId({ cookie }: Person): Promise<string> {
  const { body } = await servers.usual.send('/api/auth/session', { cookie })
  return currentSessionSchema.parse(body).session.id
}

describe.each(
  endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const),
)('%s', (_name, endpoint) => {
  const [example = { parameters: {} }] = listExamples(endpoint)

  it('takes what the document shows', async () => {
    for (const shown of listExamples(endpoint)) {
      const person = await servers.usual.register()
      const request = await about(person, endpoint, shown)
      expect(await send(endpoint, request, { cookie: person.cookie })).toBeLessThan(300)
    }
  })

  it('takes what the schemas allow', async () => {
    for (const request of conformance.makeValid(endpoint, 3)) {
      const person = await servers.usual.register()
      const { cookie } = person
      const statuses = [
        await send(endpoint, request),
        await send(endpoint, request, { cookie }),
        await send(endpoint, await about(person, endpoint, request), { cookie }),
      ]
      const refusals = statuses.filter((status) => [400, 413, 415, 422].includes(status))
      expect(refusals, JSON.stringify(request)).toEqual([])
    }
  })

  it('refuses what the schemas do not allow, with 422', async () => {
    const { cookie } = await servers.usual.register()
    for (const valid of conformance.makeValid(endpoint, 1)) {
      for (const request of conformance.makeInvalid(endpoint, valid)) {
        const status = await send(endpoint, request, { cookie })
        expect(status, JSON.stringify(request).slice(0, 500)).toBe(422)
      }
    }
  }, 60_000)

  it('answers with every status that the document names', async () => {
    const person = await servers.usual.register()
    const { cookie, email } = person
    const known = await about(person, endpoint, example)
    const stranger = { ...example, parameters: { ...example.parameters, id: randomUUID() } }
    await send(endpoint, known)
    await send(endpoint, stranger)
    await send(endpoint, stranger, { cookie })
    await send(endpoint, known, { cookie, origin: 'https://evil.example' })
    await send(endpoint, known, { to: servers.verifying })
    await send(endpoint, known, { cookie, to: servers.stranded })
    await send({ ...endpoint, path: `${endpoint.path}?unknown=1` }, known, { cookie })
    if (endpoint.path.endsWith('/register')) {
      await send(endpoint, { ...known, body: { ...toRecord(known.body), email } })
    }
    if ('406' in endpoint.operation.responses) {
      await send(endpoint, known, { cookie, headers: { accept: 'text/html' } })
    }
    if (endpoint.method !== 'GET') {
      await send(endpoint, known, { cookie, body: '{"title":' })
      const headers = { 'content-type': 'text/plain' }
      await send(endpoint, known, { cookie, body: 'text', headers })
      await send(endpoint, known, { cookie, body: 'x'.repeat(70_000) })
    }
    // A request without a body has nothing that could be malformed.
    const expected =
      endpoint.method === 'GET' ? new Set([...notFromRequests, '400']) : notFromRequests
    const unseen = conformance.findUnseen(endpoint).filter((status) => !expected.has(status))
    expect(unseen).toEqual([])
  })
})
