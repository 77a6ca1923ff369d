import { connect } from 'node:net'
import { PROBLEM_MEDIA_TYPE, type ProblemCode, problemSchema, problems } from '@tend/contracts'
import { createLogger } from '@tend/runtime/logger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, startTestApi, type TestApi } from '../test-api.ts'
import { createHttpServer } from './create-http-server.ts'
import { createSecurityHeaders } from './security-headers.ts'
import { listenLocally, sendRaw } from './test-raw-request.ts'

let api: TestApi
let ada: Person
let port: number
let server: ReturnType<typeof createHttpServer>

beforeAll(async () => {
  api = await startTestApi()
  ada = await api.createPerson()
  const log = createLogger({ name: 'test', level: 'silent' })
  server = createHttpServer(api.app, { log, headers: createSecurityHeaders('https://api.test') })
  port = await listenLocally(server)
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await api.close()
})

const authorized = () => `Host: api.test\r\nAuthorization: Bearer ${ada.token}\r\n`
const json = 'Content-Type: application/json\r\n'

/** Takes an answer apart and checks that it is whole, ends its connection, and is the problem. */
function expectRawProblem(answer: string, code: ProblemCode): void {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${problems[code].status} `))
  expect(head.toLowerCase()).toContain(`content-type: ${PROBLEM_MEDIA_TYPE}`)
  expect(head.toLowerCase()).toContain('connection: close')
  expect(head.toLowerCase()).toContain('x-content-type-options: nosniff')
  const problem = problemSchema.parse(JSON.parse(body))
  expect(problem.code).toBe(code)
  expect(head.toLowerCase()).toContain(`x-request-id: ${problem.requestId}`)
}

describe('a request that is no HTTP', () => {
  it.each<[string, string, ProblemCode]>([
    ['nonsense', 'nonsense\r\n\r\n', 'MALFORMED_REQUEST'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'MALFORMED_REQUEST'],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', 'MALFORMED_REQUEST'],
    [
      'a tunnel',
      'CONNECT api.test:443 HTTP/1.1\r\nHost: api.test:443\r\n\r\n',
      'MALFORMED_REQUEST',
    ],
    ['no Host', 'GET /health/live HTTP/1.1\r\n\r\n', 'MALFORMED_REQUEST'],
    ['a Host that is none', 'GET / HTTP/1.1\r\nHost: a b@c\r\n\r\n', 'MALFORMED_REQUEST'],
    ['a target that is none', 'GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n', 'MALFORMED_REQUEST'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n', 'MALFORMED_REQUEST'],
    [
      'two ways of telling its length',
      'POST /api/tasks HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'MALFORMED_REQUEST',
    ],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`,
      'HEADERS_TOO_LARGE',
    ],
  ])('(%s) is answered with a problem', async (_name, request, code) => {
    expectRawProblem(await sendRaw(port, request), code)
  })
})

describe('a body', () => {
  const post = (headers: string) =>
    `POST /api/tasks HTTP/1.1\r\n${authorized()}${json}${headers}\r\n`

  it('of more than 64 kB is refused before it has arrived', async () => {
    const answer = await sendRaw(port, post('Content-Length: 10000000\r\n'), 'x'.repeat(1000))
    expectRawProblem(answer, 'BODY_TOO_LARGE')
  })

  it('of more than 64 kB is refused while it arrives in chunks', async () => {
    const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`
    const answer = await sendRaw(port, post('Transfer-Encoding: chunked\r\n'), chunk.repeat(10))
    expectRawProblem(answer, 'BODY_TOO_LARGE')
  })

  it('that is too large is refused in a way that its sender can read once it has sent', async () => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.on('error', () => {})
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(post('Content-Length: 10000000\r\n'))
    // Nothing is read yet. Bytes that meet a closed connection have it reset, and what was received is gone.
    for (let count = 0; count < 10; count += 1) {
      socket.write(' '.repeat(100_000))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    socket.on('data', (chunk) => {
      answer += chunk
    })
    await closed
    expectRawProblem(answer, 'BODY_TOO_LARGE')
  })

  it('in chunks is read', async () => {
    const body = '{"title":"in chunks"}'
    const chunks = [...body].map((character) => `1\r\n${character}\r\n`).join('')
    const head = post('Transfer-Encoding: chunked\r\nConnection: close\r\n')
    expect(await sendRaw(port, head, `${chunks}0\r\n\r\n`)).toMatch(/^HTTP\/1.1 201 /)
  })

  it('is not waited for when the token is refused', async () => {
    const head = `POST /api/tasks HTTP/1.1\r\nHost: a\r\n${json}Content-Length: 60000\r\n\r\n`
    const startedAt = performance.now()
    expect(await sendRaw(port, head)).toMatch(/^HTTP\/1.1 401 /)
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })
})

describe('a request over a connection', () => {
  const get = (rest: string) => `GET /api/tasks HTTP/1.1\r\n${rest}Connection: close\r\n\r\n`

  it('is refused when it carries two tokens, both good', async () => {
    const answer = await sendRaw(port, get(`${authorized()}Authorization: Bearer ${ada.token}\r\n`))
    expectRawProblem(answer, 'INVALID_TOKEN')
  })

  it('is answered in turn when several come at once', async () => {
    const first = `GET /api/tasks HTTP/1.1\r\n${authorized()}\r\n`
    const second = `PUT /api/tasks HTTP/1.1\r\n${authorized()}Connection: close\r\n\r\n`
    const answer = await sendRaw(port, first + second)
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 405'])
  })

  it('is answered alone when what comes behind it is no request', async () => {
    const post = `POST /api/tasks HTTP/1.1\r\n${authorized()}${json}Content-Length: 21\r\n\r\n`
    const answer = await sendRaw(port, `${post}{"title":"and there"}nonsense\r\n\r\n`)
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 201'])
  })

  it('is answered by a stream into which nothing else is written', async () => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      if (answer === '') socket.write('nonsense\r\n\r\n')
      answer += chunk
    })
    socket.write(`GET /api/tasks/events HTTP/1.1\r\n${authorized()}\r\n`)
    await expect.poll(() => answer, { timeout: 10_000 }).toMatch(/^HTTP\/1.1 200 /)
    await api.send('POST', '/api/tasks', { token: ada.token, body: { title: 'while it streams' } })
    await expect.poll(() => answer, { timeout: 10_000 }).toContain('while it streams')
    expect(answer).not.toContain('HTTP/1.1 400')
    socket.destroy()
  })

  it('is served whatever it expects', async () => {
    const answer = await sendRaw(port, get(`${authorized()}Expect: a miracle\r\n`))
    expect(answer).toMatch(/^HTTP\/1.1 200 /)
  })

  it('is refused when it names two hosts', async () => {
    const answer = await sendRaw(port, get(`${authorized()}Host: other.test\r\n`))
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer).toContain('MALFORMED_REQUEST')
  })

  it('is served under an absolute address too', async () => {
    const request = get(authorized()).replace('/api', 'http://api.test/api')
    expect(await sendRaw(port, request)).toMatch(/^HTTP\/1.1 200 /)
  })

  it('is left alone when its client goes away in the middle', async () => {
    const request = `POST /api/tasks HTTP/1.1\r\n${authorized()}${json}Content-Length: 50\r\n\r\n{`
    api.lines.length = 0
    const socket = connect(port, '127.0.0.1')
    socket.write(request)
    await new Promise((resolve) => setTimeout(resolve, 100))
    socket.destroy()
    await expect.poll(() => api.lines.at(-1)).toMatchObject({ msg: 'request', status: 400 })
  })
})

describe('a slow client', () => {
  it('has 10 s for the headers and 30 s for the request, looked at every second', () => {
    expect(server.headersTimeout).toBe(10_000)
    expect(server.requestTimeout).toBe(30_000)
  })

  it.each([
    ['the headers', () => 'GET /health/live HTTP/1.1\r\nHost: a\r\n'],
    [
      'the body',
      () => `POST /api/tasks HTTP/1.1\r\n${authorized()}${json}Content-Length: 9\r\n\r\n{`,
    ],
  ])('that keeps %s back is answered 408', async (_name, request) => {
    const log = createLogger({ name: 'test', level: 'silent' })
    const strict = createHttpServer(api.app, { log, headers: createSecurityHeaders('https://a') })
    Object.assign(strict, { headersTimeout: 300, requestTimeout: 600 })
    const strictPort = await listenLocally(strict)
    const startedAt = performance.now()
    expectRawProblem(await sendRaw(strictPort, request()), 'REQUEST_TIMEOUT')
    expect(performance.now() - startedAt).toBeLessThan(3000)
    strict.close()
  })
})
