import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ProblemCode, problemSchema, problems } from '@tend/contracts'
import { parseTrustedProxies } from '@tend/runtime/client-address'
import { stopGracefully } from '@tend/runtime/graceful-stop'
import { createLogger } from '@tend/runtime/logger'
import { afterEach, describe, expect, it } from 'vitest'
import { createWebServer, type WebServerOptions } from './create-web-server.ts'
import { createSecurityHeaders } from './security-headers.ts'
import { listenLocally, sendRaw } from './test-raw-request.ts'

const servers: Server[] = []
const lines: string[] = []
const log = createLogger({ name: 'test', level: 'info' }, { write: (line) => lines.push(line) })

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  lines.length = 0
})

/** Starts the server around a handler that answers with the headers it was given. */
async function start(options: Partial<WebServerOptions> & { trusted?: string } = {}) {
  const server = createWebServer({
    handle: async (request, response) => {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify(request.headers))
    },
    webUrl: 'https://tend.example',
    trustedProxies: parseTrustedProxies(options.trusted ?? '') ?? [],
    headers: createSecurityHeaders('https://tend.example'),
    log,
    isDraining: () => false,
    ...options,
  })
  servers.push(server)
  const port = await listenLocally(server)
  return { server, port, url: `http://127.0.0.1:${port}` }
}

const readLines = () => lines.map((line): Record<string, unknown> => JSON.parse(line))

/** Takes an answer apart and checks that it is whole, ends its connection, and is the problem. */
function expectRawProblem(answer: string, code: ProblemCode): void {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${problems[code].status} `))
  expect(head.toLowerCase()).toContain('content-type: application/problem+json')
  expect(head.toLowerCase()).toContain('connection: close')
  expect(head.toLowerCase()).toContain('x-content-type-options: nosniff')
  const problem = problemSchema.parse(JSON.parse(body))
  expect(problem.code).toBe(code)
  expect(head.toLowerCase()).toContain(`x-request-id: ${problem.requestId}`)
}

describe('what a route is told of where a request comes from', () => {
  const spoofed = {
    'x-forwarded-for': '198.51.100.1',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-port': '1',
    'x-forwarded-prefix': '/evil',
    forwarded: 'for=198.51.100.1',
    'x-real-ip': '198.51.100.1',
    'x-client-ip': '198.51.100.1',
    'true-client-ip': '198.51.100.1',
    'cf-connecting-ip': '198.51.100.1',
    'x-request-id': 'chosen-by-the-client',
  }
  const ask = async (url: string, headers: Record<string, string>) => {
    const answer = await fetch(url, { headers })
    return { answer, seen: Object(await answer.json()) }
  }

  it("is the peer's address, whatever the request says", async () => {
    const { url } = await start()
    const { seen } = await ask(url, spoofed)
    expect(seen['x-forwarded-for']).toBe('127.0.0.1')
    expect(seen['x-forwarded-proto']).toBe('http')
    const others = Object.keys(spoofed).filter(
      (name) => !/-(for|proto|request-id)$|^x-request/.test(name),
    )
    for (const name of others) expect(seen).not.toHaveProperty(name)
    expect(seen['x-request-id']).not.toBe('chosen-by-the-client')
  })

  it('is what a trusted proxy says: the rightmost address that is no proxy', async () => {
    const { url } = await start({ trusted: '127.0.0.0/8, 10.0.0.0/8' })
    const headers = { ...spoofed, 'x-forwarded-for': '198.51.100.1, 203.0.113.5, 10.1.2.3' }
    const { seen, answer } = await ask(url, headers)
    expect(seen['x-forwarded-for']).toBe('203.0.113.5')
    expect(seen['x-forwarded-proto']).toBe('https')
    expect(seen['x-forwarded-host']).toBe('evil.example')
    for (const name of ['x-forwarded-port', 'x-forwarded-prefix', 'forwarded', 'x-real-ip']) {
      expect(seen).not.toHaveProperty(name)
    }
    expect(answer.headers.get('x-request-id')).toBe('chosen-by-the-client')
  })

  it.each(['evil.example/path', 'evil example', 'a@b', '', 'x'.repeat(300)])(
    'is no host such as %j, even from a trusted proxy',
    async (host) => {
      const { url } = await start({ trusted: '127.0.0.1' })
      const { seen } = await ask(url, { 'x-forwarded-host': host, 'x-forwarded-proto': 'gopher' })
      expect(seen).not.toHaveProperty('x-forwarded-host')
      expect(seen['x-forwarded-proto']).toBe('http')
    },
  )
})

describe('every answer', () => {
  it('has an id of its own when the proxy gave the request none', async () => {
    const { url } = await start({ trusted: '127.0.0.1' })
    const ids = await Promise.all(
      [1, 2].map(async () => (await fetch(url)).headers.get('x-request-id')),
    )
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(ids[0]).not.toBe(ids[1])
  })

  it('has an id and the security headers, and does not say what made it', async () => {
    const { url } = await start()
    const { headers } = await fetch(url)
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect(headers.has('x-powered-by')).toBe(false)
    expect(headers.has('server')).toBe(false)
  })

  it('promises https only where the site has it', () => {
    expect(createSecurityHeaders('http://localhost:3000')).not.toHaveProperty(
      'Strict-Transport-Security',
    )
  })

  it('is one line in the log, without query, id or token', async () => {
    const { url } = await start()
    const answer = await fetch(`${url}/api/auth/reset-password/a-secret?token=another`, {
      method: 'POST',
    })
    await answer.text()
    await sleep(20)
    const [line, ...more] = readLines()
    expect(more).toEqual([])
    expect(line).toMatchObject({
      msg: 'request',
      method: 'POST',
      path: '/api/auth/reset-password',
      status: 200,
      address: '127.0.0.1',
      requestId: answer.headers.get('x-request-id'),
      ms: expect.any(Number),
    })
    expect(lines.join()).not.toMatch(/secret|another/)
  })

  it('is a problem when the handler fails, and says nothing of why', async () => {
    const { url } = await start({ handle: () => Promise.reject(new Error('the secret reason')) })
    const answer = await fetch(url)
    const text = await answer.text()
    expect(answer.status).toBe(500)
    expect(problemSchema.parse(JSON.parse(text)).code).toBe('INTERNAL_ERROR')
    expect(text).not.toContain('secret')
    expect(lines.join()).toContain('the secret reason')
  })
})

describe('a request that came to a trusted proxy over http', () => {
  const plain = { 'x-forwarded-proto': 'http' }
  const ask = (url: string, init: RequestInit = {}) =>
    fetch(url, { redirect: 'manual', headers: plain, ...init })

  it.each(['GET', 'HEAD'])('(%s) is sent on to https, once and for all', async (method) => {
    const { url } = await start({ trusted: '127.0.0.1' })
    const answer = await ask(`${url}/settings?x=1`, { method })
    expect(answer.status).toBe(308)
    expect(answer.headers.get('location')).toBe('https://tend.example/settings?x=1')
  })

  it.each(['//evil.example/x', '/\\evil.example'])(
    '(%s) is sent to no other site',
    async (path) => {
      const { port } = await start({ trusted: '127.0.0.1' })
      const head = `GET ${path} HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: http\r\nConnection: close`
      const answer = await sendRaw(port, `${head}\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1.1 308 /)
      expect(answer).toMatch(/^Location: https:\/\/tend\.example\//m)
    },
  )

  it('is refused when it would write something, for its secrets are out', async () => {
    const { url } = await start({ trusted: '127.0.0.1' })
    const answer = await ask(`${url}/api/auth/login`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(403)
    expect(problemSchema.parse(await answer.json()).code).toBe('HTTPS_REQUIRED')
  })

  it('is not believed of anybody else, nor where the site has no https', async () => {
    expect((await ask((await start()).url)).status).toBe(200)
    const local = await start({ trusted: '127.0.0.1', webUrl: 'http://localhost:3000' })
    expect((await ask(local.url)).status).toBe(200)
  })

  it('is decided by the nearest proxy', async () => {
    const { url } = await start({ trusted: '127.0.0.1' })
    const status = async (list: string) =>
      (await ask(url, { headers: { 'x-forwarded-proto': list } })).status
    expect([await status('http, https'), await status('https, http')]).toEqual([200, 308])
  })
})

describe('a request that cannot be read', () => {
  it.each<[string, string, ProblemCode]>([
    ['nonsense', 'nonsense\r\n\r\n', 'MALFORMED_REQUEST'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'MALFORMED_REQUEST'],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', 'MALFORMED_REQUEST'],
    ['a tunnel', 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n', 'MALFORMED_REQUEST'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n', 'MALFORMED_REQUEST'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'MALFORMED_REQUEST',
    ],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`,
      'HEADERS_TOO_LARGE',
    ],
  ])('(%s) is answered with a problem', async (_name, request, code) => {
    const { port } = await start()
    expectRawProblem(await sendRaw(port, request), code)
  })

  it('is not answered in the middle of the page that was asked for before it', async () => {
    const { port } = await start({
      handle: async (_request, response) => {
        response.write('the first half')
        await sleep(50)
        response.end(' and the second')
      },
    })
    const answer = await sendRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'nonsense\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1.1 200 /)
    expect(answer).toContain('and the second')
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1)
  })

  it.each<[string, string, ProblemCode]>([
    ['TRACE', 'TRACE / HTTP/1.1', 'METHOD_NOT_ALLOWED'],
    ['a form for a page', 'POST /login HTTP/1.1', 'METHOD_NOT_ALLOWED'],
    ['a state that is none', 'GET / HTTP/1.1\r\nNext-Router-State-Tree: x', 'MALFORMED_REQUEST'],
    [
      'half a state',
      'GET / HTTP/1.1\r\nNext-Router-State-Tree: %5B%22%22%2C7%5D',
      'MALFORMED_REQUEST',
    ],
    ['PROPFIND', 'PROPFIND / HTTP/1.1', 'METHOD_NOT_ALLOWED'],
    ['an address that is a whole URL', 'GET http://evil.example/ HTTP/1.1', 'MALFORMED_REQUEST'],
    ['no address', 'GET * HTTP/1.1', 'MALFORMED_REQUEST'],
    ['half a percent code', 'GET /% HTTP/1.1', 'MALFORMED_REQUEST'],
    ['percent codes that are no UTF-8', 'GET /%c0%af HTTP/1.1', 'MALFORMED_REQUEST'],
    ['a query that is no UTF-8', 'GET /?q=%ff HTTP/1.1', 'MALFORMED_REQUEST'],
  ])('(%s) is refused before Next.js sees it', async (_name, line, code) => {
    let isCalled = false
    const { port } = await start({
      handle: async () => {
        isCalled = true
      },
    })
    expectRawProblem(await sendRaw(port, `${line}\r\nHost: a\r\nConnection: close\r\n\r\n`), code)
    expect(isCalled).toBe(false)
  })

  it('because its headers do not end in time is answered with 408', async () => {
    const { server, port } = await start()
    expect(server.headersTimeout).toBe(10_000)
    server.headersTimeout = 200
    const startedAt = performance.now()
    expectRawProblem(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\n'), 'REQUEST_TIMEOUT')
    expect(performance.now() - startedAt).toBeLessThan(2_500)
  })

  it('because its body does not end in time is answered with 408', async () => {
    const { server, port } = await start({ handle: async (request) => void request.resume() })
    expect(server.requestTimeout).toBe(30_000)
    server.headersTimeout = 200
    server.requestTimeout = 400
    const request = 'POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n'
    expectRawProblem(await sendRaw(port, request, 'x'), 'REQUEST_TIMEOUT')
  })
})

describe('a body of more than 64 kB', () => {
  it.each([70_000, 1_000_000, 5_000_000])(
    '(%i bytes) is refused by its length, and the client gets to read that',
    async (size) => {
      const { url } = await start()
      const answer = await fetch(`${url}/api/x`, { method: 'POST', body: 'x'.repeat(size) })
      expect(answer.status).toBe(413)
      expect(answer.headers.get('connection')).toBe('close')
      expect(problemSchema.parse(await answer.json()).code).toBe('BODY_TOO_LARGE')
    },
  )

  it('is refused before it has arrived, and does not hold the connection for long', async () => {
    const { port } = await start()
    const startedAt = performance.now()
    const request = 'POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n'
    expectRawProblem(await sendRaw(port, request, 'x'), 'BODY_TOO_LARGE')
    expect(performance.now() - startedAt).toBeLessThan(4_000)
  })
})

describe('a stop', () => {
  it('answers what is under way, takes no new health check, and ends', async () => {
    let isDraining = false
    const { server, url } = await start({
      isDraining: () => isDraining,
      handle: async (_request, response) => {
        await sleep(400)
        response.end('done')
      },
    })
    const underWay = fetch(url).then((answer) => answer.text())
    await sleep(50)
    const stopped = stopGracefully({
      server,
      log,
      lingerTime: 200,
      drainTime: 2_000,
      onDraining: () => {
        isDraining = true
      },
    })
    const late = await fetch(`${url}/api/health`)
    expect(late.status).toBe(503)
    expect(late.headers.get('connection')).toBe('close')
    expect(await underWay).toBe('done')
    await stopped
    await expect(fetch(url)).rejects.toThrow()
  })
})
