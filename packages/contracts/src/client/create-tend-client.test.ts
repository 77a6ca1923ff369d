import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { type AuthResult, createProblem, type ProblemCode, type Task } from '../index.ts'
import {
  createTendClient,
  NetworkError,
  ProblemError,
  SessionEndedError,
  UnexpectedAnswerError,
  unwrap,
} from './create-tend-client.ts'

const task: Task = {
  id: '019aa5b0-0000-7000-8000-000000000001',
  title: 'Water the plants',
  description: null,
  isCompleted: false,
  dueDate: null,
  priority: 'none',
  labels: [],
  createdAt: '2026-11-21T09:30:00.000Z',
  updatedAt: '2026-11-21T09:30:00.000Z',
}
const user = {
  id: '7d9f3b52-4c0e-4f7e-9d6a-0f6f5f1f0b11',
  email: 'ada@example.com',
  name: 'Ada',
  createdAt: task.createdAt,
  updatedAt: task.createdAt,
}

type Respond = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let address: string
let seen: { line: string; headers: IncomingMessage['headers'] }[]
let routes: Record<string, Respond>

beforeEach(async () => {
  seen = []
  routes = {
    'POST /api/auth/token': (_request, response) =>
      json(response, 200, { accessToken: 'fresh', tokenType: 'Bearer', expiresIn: 300 }),
    'GET /api/tasks': (_request, response) =>
      json(response, 200, { items: [task], nextCursor: null }),
  }
  server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`
    seen.push({ line, headers: request.headers })
    const respond = routes[line]
    if (respond) respond(request, response)
    else problem(response, 'NOT_FOUND')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

function problem(response: ServerResponse, code: ProblemCode, headers = {}): void {
  const body = createProblem(code, { requestId: 'r-1' })
  response.writeHead(body.status, { 'content-type': 'application/problem+json', ...headers })
  response.end(JSON.stringify(body))
}

function linesOf(path: string): string[] {
  return seen.map(({ line }) => line).filter((line) => line.endsWith(path))
}

describe('the typed client', () => {
  it('gets an access token before its first call', async () => {
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    const page = await unwrap(tend.tasks.list())
    expect(page).toEqual({ items: [task], nextCursor: null })
    expect(seen.map(({ line }) => line)).toEqual(['POST /api/auth/token', 'GET /api/tasks'])
    expect(seen[1]?.headers.authorization).toBe('Bearer fresh')
  })

  it('gets the token ahead when it is asked to be ready', async () => {
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    await tend.ready()
    expect(seen.map(({ line }) => line)).toEqual(['POST /api/auth/token'])
    await unwrap(tend.tasks.list())
    expect(linesOf('/api/auth/token')).toHaveLength(1)
  })

  it('renews once for many calls refused at the same time, and sends each again', async () => {
    let issued = 0
    routes['POST /api/auth/token'] = (_request, response) => {
      issued += 1
      json(response, 200, { accessToken: `token-${issued}`, tokenType: 'Bearer', expiresIn: 300 })
    }
    routes['GET /api/tasks'] = (request, response) => {
      if (request.headers.authorization === 'Bearer token-1') problem(response, 'INVALID_TOKEN')
      else json(response, 200, { items: [], nextCursor: null })
    }
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    const pages = await Promise.all(Array.from({ length: 50 }, () => unwrap(tend.tasks.list())))
    expect(pages).toHaveLength(50)
    expect(linesOf('/api/auth/token')).toHaveLength(2)
  })

  it('gives up after the second refusal instead of trying for ever', async () => {
    routes['GET /api/tasks'] = (_request, response) => problem(response, 'INVALID_TOKEN')
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    const failure = await unwrap(tend.tasks.list()).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProblemError)
    expect(linesOf('/api/tasks').length).toBeLessThanOrEqual(2)
  })

  it('throws SessionEndedError when the session gets no token', async () => {
    routes['POST /api/auth/token'] = (_request, response) => problem(response, 'NO_SESSION')
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    await expect(tend.tasks.list()).rejects.toBeInstanceOf(SessionEndedError)
  })

  it.each([
    ['for another person than the one', user.id.replace('7', '8')],
    ['with a token that names nobody instead of the one', undefined],
  ])('never acts %s of the page', async (_name, sub) => {
    const payload = Buffer.from(JSON.stringify({ sub })).toString('base64url')
    routes['POST /api/auth/token'] = (_request, response) =>
      json(response, 200, { accessToken: `x.${payload}.x`, tokenType: 'Bearer', expiresIn: 300 })
    const tend = createTendClient({ webUrl: address, apiUrl: address, userId: user.id })
    await expect(tend.tasks.list()).rejects.toBeInstanceOf(SessionEndedError)
    expect(linesOf('/api/tasks')).toHaveLength(0)
  })

  it('acts for the person of the page', async () => {
    const payload = Buffer.from(JSON.stringify({ sub: user.id, name: 'Zoë' })).toString('base64url')
    routes['POST /api/auth/token'] = (_request, response) =>
      json(response, 200, { accessToken: `x.${payload}.x`, tokenType: 'Bearer', expiresIn: 300 })
    const tend = createTendClient({ webUrl: address, apiUrl: address, userId: user.id })
    expect(await unwrap(tend.tasks.list())).toEqual({ items: [task], nextCursor: null })
  })

  it('does not take a failing web app for the end of the session', async () => {
    routes['POST /api/auth/token'] = (_request, response) => problem(response, 'UNAVAILABLE')
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    await expect(tend.tasks.list()).rejects.toMatchObject({
      name: 'ProblemError',
      problem: { code: 'UNAVAILABLE' },
    })
  })

  it('keeps the cookie of a sign-in, uses its token, and forgets both when signing out', async () => {
    routes['POST /api/auth/login'] = (_request, response) =>
      json(
        response,
        200,
        { user, accessToken: 'from-login', tokenType: 'Bearer', expiresIn: 300 },
        { 'set-cookie': 'tend.session=abc; Path=/; HttpOnly' },
      )
    routes['POST /api/auth/logout'] = (_request, response) =>
      void response.writeHead(204, { 'set-cookie': 'tend.session=; Max-Age=0' }).end()
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    await unwrap(tend.auth.login({ body: { email: 'ada@example.com', password: 'a long secret' } }))
    await unwrap(tend.tasks.list())
    expect(linesOf('/api/auth/token')).toHaveLength(0)
    await unwrap(tend.auth.logout())
    await unwrap(tend.tasks.list())
    const logout = seen.find(({ line }) => line === 'POST /api/auth/logout')
    expect(logout?.headers).toMatchObject({ cookie: 'tend.session=abc', origin: address })
    expect(seen.at(-2)?.line).toBe('POST /api/auth/token')
    expect(seen.at(-2)?.headers.cookie).toBeUndefined()
  })

  it('gives nobody for an account whose address has to be confirmed first', async () => {
    routes['POST /api/auth/register'] = (_request, response) => void response.writeHead(202).end()
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    const body = { email: 'ada@example.com', password: 'a long secret' }
    const registered = await unwrap(tend.auth.register({ body }))
    expect(registered).toBeUndefined()
    expectTypeOf(registered).toEqualTypeOf<AuthResult | undefined>()
  })

  it('turns a problem into an error with its code, its message and the time to wait', async () => {
    routes['POST /api/tasks'] = (_request, response) =>
      problem(response, 'RATE_LIMITED', { 'retry-after': '7' })
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    const failure = await unwrap(tend.tasks.create({ body: { title: 'x' } })).catch(
      (e: unknown) => e,
    )
    expect(failure).toMatchObject({ problem: { code: 'RATE_LIMITED', status: 429 }, retryAfter: 7 })
  })

  it('throws NetworkError when nothing answers', async () => {
    const tend = createTendClient({ webUrl: address, apiUrl: 'http://127.0.0.1:1' })
    await expect(tend.tasks.list()).rejects.toBeInstanceOf(NetworkError)
  })

  it('throws NetworkError when the answer breaks off', async () => {
    routes['GET /api/tasks'] = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
      response.write('{"items":[')
      setTimeout(() => response.destroy(), 20)
    }
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    await expect(tend.tasks.list()).rejects.toBeInstanceOf(NetworkError)
  })

  it.each([
    ['a body that the contract does not know', (r: ServerResponse) => json(r, 200, { tasks: [] })],
    ['a body that is not JSON', (r: ServerResponse) => json(r, 200, undefined)],
    [
      'a page of some proxy',
      (r: ServerResponse) =>
        void r.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    ],
  ])('throws UnexpectedAnswerError for %s', async (_name, respond) => {
    routes['GET /api/tasks'] = (_request, response) => respond(response)
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    await expect(unwrap(tend.tasks.list())).rejects.toBeInstanceOf(UnexpectedAnswerError)
  })

  it('accepts fields that a newer server adds', async () => {
    routes['GET /api/tasks'] = (_request, response) =>
      json(response, 200, { items: [{ ...task, mood: 'calm' }], nextCursor: null })
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    expect(await unwrap(tend.tasks.list())).toEqual({ items: [task], nextCursor: null })
  })

  it("passes the caller's abort through", async () => {
    routes['GET /api/tasks'] = () => {}
    const tend = createTendClient({ webUrl: address, apiUrl: address })
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 30)
    const call = tend.tasks.list({ fetchOptions: { signal: abort.signal } })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})
