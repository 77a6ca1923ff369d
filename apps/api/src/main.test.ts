import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { taskSchema } from '@tend/contracts'
import { accessTokenKeyId } from '@tend/contracts/access-token'
import { forUser } from '@tend/database/for-user'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { issuer, makeToken, previousSecret } from './auth/test-tokens.ts'
import { type Person, startTestApi, type TestApi } from './test-api.ts'
import {
  type ApiProcess,
  apiEnvironment,
  runApiProcess,
  startApiProcess,
} from './test-api-process.ts'

let api: TestApi
let ada: Person
const processes: ApiProcess[] = []

beforeAll(async () => {
  api = await startTestApi()
  ada = await api.createPerson()
})
afterEach(() => {
  for (const { child } of processes.splice(0)) child.kill('SIGKILL')
})
afterAll(() => api.close())

async function start(): Promise<ApiProcess> {
  const started = await startApiProcess(apiEnvironment(api.url))
  processes.push(started)
  return started
}

type Outcome = { status: number; body: string } | { error: string }

/** Sends one request over the agent's connections and tells how it ended. */
function send(port: number, agent: Agent, title?: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const outgoing = request(
      {
        port,
        agent,
        host: '127.0.0.1',
        path: '/api/tasks',
        method: title === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
      },
      (response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
        response.on('error', (error) => resolve({ error: error.message }))
      },
    )
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ error: error.code ?? error.message }),
    )
    outgoing.end(title === undefined ? undefined : JSON.stringify({ title }))
  })
}

/** Ten clients that send one request after the other until the server takes no more connections. */
async function load(port: number, title?: string): Promise<Outcome[]> {
  const agent = new Agent({ keepAlive: true })
  const client = async (): Promise<Outcome[]> => {
    const outcomes: Outcome[] = []
    for (;;) {
      const outcome = await send(port, agent, title)
      outcomes.push(outcome)
      if ('error' in outcome) return outcomes
    }
  }
  const outcomes = await Promise.all(Array.from({ length: 10 }, client))
  agent.destroy()
  return outcomes.flat()
}

describe('an API that is asked to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s under load loses no request and exits within 10 s',
    async (signal) => {
      const { child, port } = await start()
      const outcomes = load(port)
      await sleep(500)
      const stoppedAt = performance.now()
      child.kill(signal)
      const [code] = await once(child, 'exit')
      expect(performance.now() - stoppedAt).toBeLessThan(10_000)
      expect(code).toBe(0)
      const answers = await outcomes
      expect(answers.length).toBeGreaterThan(100)
      // A refused connection is a request that was never taken; any other error would be a lost one.
      const others = answers.filter((a) => !('status' in a && a.status === 200))
      expect(others).toEqual(Array(10).fill({ error: 'ECONNREFUSED' }))
    },
  )

  it('goes on answering for a moment, closing each connection, and says that it is not ready', async () => {
    const { child, port } = await start()
    const exit = once(child, 'exit')
    const ask = () => fetch(`http://127.0.0.1:${port}/health/ready`)
    expect((await ask()).status).toBe(200)
    child.kill('SIGTERM')
    await expect.poll(async () => (await ask()).status).toBe(503)
    const live = await fetch(`http://127.0.0.1:${port}/health/live`)
    expect(live.status).toBe(200)
    expect(live.headers.get('connection')).toBe('close')
    expect(await exit).toEqual([0, null])
  })

  it('exits at once at the second signal', async () => {
    const { child, port } = await start()
    // A request that is still arriving would keep the first stop waiting for seconds.
    const hanging = connect(port, '127.0.0.1').on('error', () => {})
    const head = `POST /api/tasks HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${ada.token}\r\n`
    hanging.write(`${head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`)
    await sleep(300)
    child.kill('SIGTERM')
    await sleep(700)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([1, null])
    hanging.destroy()
  })
})

describe('an API that is killed during writes', () => {
  it('has kept every task it acknowledged', async () => {
    const acknowledged: string[] = []
    for (let round = 0; round < 3; round += 1) {
      const { child, port } = await start()
      const outcomes = load(port, `round ${round}`)
      await sleep(300 + round * 200)
      child.kill('SIGKILL')
      for (const outcome of await outcomes) {
        if ('status' in outcome && outcome.status === 201) {
          acknowledged.push(taskSchema.parse(JSON.parse(outcome.body)).id)
        }
      }
    }
    expect(acknowledged.length).toBeGreaterThan(30)
    const kept = await forUser(api.pool, ada.id)
      .selectFrom('task')
      .select('id')
      .where('user_id', '=', ada.id)
      .execute()
    const ids = new Set(kept.map((task) => task.id))
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
  })
})

describe('an API that is started with what it needs and no more', () => {
  it('lets the web app call it, 600 times a minute, also with a token of before a rotation', async () => {
    const { RATE_LIMIT_PER_MINUTE: _, ...environment } = apiEnvironment(api.url)
    const started = await startApiProcess({ ...environment, JWT_SECRET_PREVIOUS: previousSecret })
    processes.push(started)
    const token = makeToken({
      key: previousSecret,
      header: { kid: await accessTokenKeyId(previousSecret) },
    })
    const { status, headers } = await fetch(`http://127.0.0.1:${started.port}/api/tasks`, {
      headers: { authorization: `Bearer ${token}`, origin: issuer },
    })
    expect(status).toBe(200)
    expect(headers.get('access-control-allow-origin')).toBe(issuer)
    expect(headers.get('ratelimit-policy')).toBe('"user";q=600;w=60')
    const requestId = headers.get('x-request-id')
    await expect
      .poll(() => started.lines.find((line) => line.requestId === requestId))
      .toMatchObject({ msg: 'request', address: '127.0.0.1' })
  })
})

describe('an API with metrics', () => {
  it('tells requests by route, refused tokens, its pool and its connections', async () => {
    const environment = { ...apiEnvironment(api.url), METRICS_PORT: '0' }
    const started = await startApiProcess(environment)
    processes.push(started)
    const url = `http://127.0.0.1:${started.port}/api/tasks`
    await fetch(url, { headers: { authorization: `Bearer ${ada.token}` } })
    await fetch(url, { headers: { authorization: 'Bearer nonsense' } })
    const { port } = started.lines.find((line) => line.msg === 'metrics') ?? {}
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    for (const line of [
      /^http_request_duration_seconds_count\{(?=.*route="\/api\/tasks")(?=.*status="200").*\} 1$/m,
      /^tend_tokens_refused_total\{.*reason="bad_shape".*\} 1$/m,
      /^database_pool_open\{service="tend-api"\} [1-9]/m,
      /^http_connections\{service="tend-api"\} [1-9]/m,
    ]) {
      expect(text).toMatch(line)
    }
  })
})

describe('an API that cannot start', () => {
  it('names everything that keeps it from running in production at once, and no value of it', async () => {
    const repeated = 'hunter2-and-more-'.repeat(3)
    const { code, message } = await runApiProcess({
      ...apiEnvironment('mysql://root:hunter2@db'),
      NODE_ENV: 'production',
      JWT_SECRET: repeated,
      JWT_SECRET_PREVIOUS: 'hunter2',
      BETTER_AUTH_SECRET: repeated,
      WEB_URL: 'http://tend.example',
      API_URL: 'http://api.tend.example',
      API_PORT: 'x',
      CORS_ORIGINS: 'http://a.test,b',
      RATE_LIMIT_PER_MINUTE: '-1',
    })
    expect(code).toBe(1)
    for (const problem of [
      'DATABASE_URL must look like postgres',
      'JWT_SECRET must be random',
      'JWT_SECRET_PREVIOUS must have at least 32 bytes',
      'JWT_SECRET, JWT_SECRET_PREVIOUS, BETTER_AUTH_SECRET must differ',
      'WEB_URL must be https in production',
      'API_URL must be https in production',
      'API_PORT must be a port number',
      'CORS_ORIGINS',
      'RATE_LIMIT_PER_MINUTE',
    ]) {
      expect(message).toContain(`- ${problem}`)
    }
    expect(message).not.toContain('hunter2')
    expect(message).not.toMatch(/^ +at /m)
  })

  it('says which secret is missing', async () => {
    const { code, message } = await runApiProcess({ ...apiEnvironment(api.url), JWT_SECRET: '' })
    expect(code).toBe(1)
    expect(message).toContain('- JWT_SECRET is missing')
  })

  it('says in one sentence that its port is taken', async () => {
    const squatter = createServer().listen(0)
    await once(squatter, 'listening')
    const address = squatter.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    const { code, message } = await runApiProcess({ ...apiEnvironment(api.url), API_PORT: port })
    expect(code).toBe(1)
    expect(message).toBe(
      'The API could not start. The port is taken by another program: stop it, or set API_PORT (or METRICS_PORT) to a free one.\n',
    )
    squatter.close()
  })
})
