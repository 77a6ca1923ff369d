import { randomUUID } from 'node:crypto'
import { parseTrustedProxies } from '@tend/runtime/client-address'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issuer } from './auth/test-tokens.ts'
import { expectProblem, type Person, startTestApi, type TestApi } from './test-api.ts'

let api: TestApi
let secure: TestApi
let ada: Person

beforeAll(async () => {
  api = await startTestApi()
  secure = await startTestApi({
    apiUrl: 'https://api.test',
    trustedProxies: parseTrustedProxies('10.0.0.0/8') ?? [],
  })
  ada = await api.createPerson()
})
afterAll(() => Promise.all([api.close(), secure.close()]))

const task = `/api/tasks/${randomUUID()}`

describe('an address', () => {
  it.each([
    '/',
    '/api',
    '/api/tasks/',
    '//api/tasks',
    `${task}/other`,
    '/health',
    '/API/tasks',
    '/.env',
    '/api/tasks%2Fx',
  ])('%s that is none is 404', async (path) => {
    await expectProblem(await api.send('GET', path, { token: ada.token }), 'NOT_FOUND')
    await expectProblem(await api.send('POST', path), 'NOT_FOUND')
  })

  it.each([
    ['PUT', '/api/tasks', 'GET, HEAD, OPTIONS, POST'],
    ['DELETE', '/api/tasks', 'GET, HEAD, OPTIONS, POST'],
    ['TRACE', '/api/tasks', 'GET, HEAD, OPTIONS, POST'],
    ['POST', task, 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['PUT', task, 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['GET', `${task}/toggle`, 'OPTIONS, POST'],
    ['HEAD', `${task}/toggle`, 'OPTIONS, POST'],
    ['PROPFIND', '/health/live', 'GET, HEAD, OPTIONS'],
    ['POST', '/health/ready', 'GET, HEAD, OPTIONS'],
  ])('answers 405 to %s %s and says what it takes', async (method, path, allow) => {
    // The Fetch standard knows no TRACE; Node's server does and hands it on as this object.
    const request = new Request(`http://api.test${path}`)
    Object.defineProperty(request, 'method', { value: method })
    const response = await api.app.request(request)
    expect(response.headers.get('allow')).toBe(allow)
    if (method === 'HEAD') expect(response.status).toBe(405)
    else await expectProblem(response, 'METHOD_NOT_ALLOWED')
  })

  it.each([
    '/api/tasks/%',
    '/api/tasks/%zz',
    '/%ff',
    '/api/tasks?q=%',
    '/api/tasks?%C3%28=1',
    '/api/tasks?q=%ED%A0%80',
  ])('%s that is badly encoded is 400', async (path) => {
    await expectProblem(await api.send('GET', path, { token: ada.token }), 'MALFORMED_REQUEST')
  })
})

describe('every answer', () => {
  const requests: [string, string][] = [
    ['GET', '/api/tasks'],
    ['OPTIONS', '/api/tasks'],
    ['PUT', '/api/tasks'],
    ['GET', '/nothing'],
    ['GET', '/%'],
    ['GET', '/health/live'],
    ['GET', '/health/ready'],
  ]

  it.each(requests)('(%s %s) forbids to show, guess, frame and keep it', async (method, path) => {
    const { headers } = await api.send(method, path)
    const csp = "default-src 'none'; frame-ancestors 'none'"
    expect(headers.get('content-security-policy')).toBe(csp)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.has('x-powered-by')).toBe(false)
    expect(headers.has('set-cookie')).toBe(false)
  })

  it.each(requests)('(%s %s) insists on https where the API is served so', async (method, path) => {
    const { headers } = await secure.send(method, path)
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect((await api.send(method, path)).headers.has('strict-transport-security')).toBe(false)
  })
})

describe('a page of another origin', () => {
  it('may read the answers when its origin is allowed', async () => {
    const { headers } = await api.send('GET', '/api/tasks', { headers: { origin: issuer } })
    expect(headers.get('access-control-allow-origin')).toBe(issuer)
    expect(headers.get('access-control-expose-headers')).toBe(
      'Content-Disposition, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id',
    )
    expect(headers.get('vary')).toBe('Origin')
    expect(headers.has('access-control-allow-credentials')).toBe(false)
  })

  it.each(['http://evil.test', `${issuer}.evil.test`, 'null', issuer.toUpperCase(), `${issuer}/`])(
    'may not when it is %s',
    async (origin) => {
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await api.send(method, '/api/tasks', {
          headers: { origin, 'access-control-request-method': 'POST' },
        })
        expect(headers.has('access-control-allow-origin')).toBe(false)
        expect(headers.get('vary')).toBe('Origin')
      }
    },
  )

  it('may ask beforehand, without a token', async () => {
    const response = await api.send('OPTIONS', task, {
      headers: { origin: issuer, 'access-control-request-method': 'PATCH' },
    })
    expect(response.status).toBe(204)
    const { headers } = response
    expect(headers.get('access-control-allow-origin')).toBe(issuer)
    expect(headers.get('access-control-allow-methods')).toBe('DELETE, GET, HEAD, OPTIONS, PATCH')
    expect(headers.get('access-control-allow-headers')).toBe(
      'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID',
    )
    expect(headers.get('access-control-max-age')).toBe('7200')
  })
})

describe('a request id', () => {
  const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } })
  const idOf = async (given: string, peer?: string) => {
    const init = { headers: { 'x-request-id': given } }
    const response = await secure.app.request('/health/live', init, peer ? from(peer) : undefined)
    return response.headers.get('x-request-id')
  }

  it('is taken from a trusted proxy', async () => {
    expect(await idOf('req-12345678', '10.1.2.3')).toBe('req-12345678')
  })

  it.each([
    ['anybody else', 'req-12345678', '192.0.2.1'],
    ['an unknown peer', 'req-12345678', undefined],
    ['a trusted proxy when it is too short', 'x', '10.1.2.3'],
    ['a trusted proxy when it is too long', 'x'.repeat(129), '10.1.2.3'],
    ['a trusted proxy when it has other characters', 'req 12345678 {}', '10.1.2.3'],
  ])('is not taken from %s', async (_name, given, peer) => {
    expect(await idOf(given, peer)).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('the log', () => {
  it('has one line for a request, without what people wrote', async () => {
    api.lines.length = 0
    const body = { title: 'my secret title' }
    await api.send('POST', '/api/tasks', { token: ada.token, body })
    await api.send('GET', '/api/tasks?secret=query', { token: ada.token })
    await api.send('GET', '/secret/path')
    expect(api.lines).toMatchObject([
      {
        msg: 'request',
        level: 'info',
        method: 'POST',
        route: '/api/tasks',
        status: 201,
        userId: ada.id,
      },
      { method: 'GET', route: '/api/tasks', status: 422, userId: ada.id, address: 'unknown' },
      { method: 'GET', status: 404 },
    ])
    for (const line of api.lines) expect(line).toMatchObject({ ms: expect.any(Number) })
    expect(JSON.stringify(api.lines)).not.toMatch(/secret|Bearer|eyJ/)
  })

  it('names the address of the client behind a trusted proxy', async () => {
    const init = { headers: { 'x-forwarded-for': '203.0.113.9' } }
    const env = { incoming: { socket: { remoteAddress: '10.1.2.3' } } }
    const response = await secure.app.request('/health/live', init, env)
    const requestId = response.headers.get('x-request-id')
    const line = secure.lines.find((entry) => entry.requestId === requestId)
    expect(line).toMatchObject({ address: '203.0.113.9' })
  })
})

describe('the limit on requests', () => {
  it('counts each user alone, tells what is left, and refuses with a time to wait', async () => {
    const limited = await startTestApi({ rateLimitPerMinute: 3 })
    const [first, second] = [await limited.createPerson(), await limited.createPerson()]
    const ask = ({ token }: Person) => limited.send('GET', '/api/tasks', { token })
    for (const left of [2, 1, 0]) {
      const { status, headers } = await ask(first)
      expect(status).toBe(200)
      expect(headers.get('ratelimit-policy')).toBe('"user";q=3;w=60')
      expect(headers.get('ratelimit')).toBe(`"user";r=${left};t=60`)
    }
    const refused = await ask(first)
    await expectProblem(refused, 'RATE_LIMITED')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(59)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect(refused.headers.get('ratelimit')).toMatch(/^"user";r=0;t=(59|60)$/)
    expect((await ask(second)).status).toBe(200)
    await limited.close()
  })

  it('is not there when it is 0', async () => {
    const { headers } = await api.send('GET', '/api/tasks', { token: ada.token })
    expect(headers.has('ratelimit')).toBe(false)
  })
})
