import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTendClient, type TendClient, unwrap } from '@tend/contracts/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Replicas, runReplicas } from './run-replicas.ts'
import { waitForQuietMachine } from './wait-for-quiet-machine.ts'

const password = 'a long sentence is best'

let tend: Replicas

beforeAll(async () => {
  // What one person may send in a minute is less than what loses no request here.
  tend = await runReplicas({ RATE_LIMIT_PER_MINUTE: '0' })
})
afterAll(() => tend.stop())

let people = 0

async function register(): Promise<{ client: TendClient; email: string }> {
  people += 1
  const email = `person-${people}@example.com`
  const client = createTendClient(tend)
  await unwrap(client.auth.register({ body: { email, password } }))
  return { client, email }
}

type Answer = { status: number; body: unknown; headers: Record<string, unknown> }

/** Asks one server itself, as nginx would. */
function ask(
  port: number,
  { method = 'GET', path, headers = {}, body }: Question,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const json = { 'content-type': 'application/json' }
    const outgoing = request({
      port,
      host: '127.0.0.1',
      method,
      path,
      headers: { 'x-forwarded-proto': 'https', ...(body !== undefined && json), ...headers },
    })
    outgoing.on('error', reject).on('response', async (incoming) => {
      const text = (await incoming.toArray()).join('')
      resolve({
        status: incoming.statusCode ?? 0,
        body: text.startsWith('{') ? JSON.parse(text) : text,
        headers: incoming.headers,
      })
    })
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

type Question = {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: unknown
}

const signedInSchema = z.object({ accessToken: z.string() })

/** Signs in at one web server. */
async function signIn(port: number, email: string, address: string, typed = password) {
  const { status, body, headers } = await ask(port, {
    method: 'POST',
    path: '/api/auth/login',
    headers: { origin: tend.webUrl, 'x-forwarded-for': address },
    body: { email, password: typed },
  })
  const cookies = z.array(z.string()).parse(headers['set-cookie'] ?? [])
  const cookie = cookies.map((line) => line.split(';')[0]).join('; ')
  const token = signedInSchema.safeParse(body).data?.accessToken ?? ''
  return { status, cookie, bearer: { authorization: `Bearer ${token}` } }
}

describe('two servers of each kind behind nginx', () => {
  it('begin on an empty database, which one of those that start at once migrates', () => {
    const said = tend.api.flatMap(({ migrations }) => migrations).toSorted()
    expect(said).toEqual([expect.stringMatching(/^Applied 0001_/), 'Nothing to migrate.'])
  })

  it('take a session of one web server at the other, and its token at both API servers', async () => {
    const { email } = await register()
    const [first, second] = tend.web.map(({ port }) => port)
    const { cookie, bearer } = await signIn(first ?? 0, email, '192.0.2.1')
    const session = await ask(second ?? 0, { path: '/api/auth/session', headers: { cookie } })
    expect(session).toMatchObject({ status: 200, body: { user: { email } } })
    for (const { port } of tend.api) {
      expect(await ask(port, { path: '/api/tasks', headers: bearer })).toMatchObject({
        status: 200,
      })
    }
  })

  it('refuse a token at both API servers within two seconds of the sign-out at one web server', async () => {
    const { email } = await register()
    const { cookie, bearer } = await signIn(tend.web[1]?.port ?? 0, email, '192.0.2.2')
    const askAll = () =>
      Promise.all(
        tend.api.map(({ port }) => ask(port, { path: '/api/tasks', headers: bearer })),
      ).then((answers) => answers.map(({ status }) => status))
    expect(await askAll()).toEqual([200, 200])
    const signedOut = await ask(tend.web[0]?.port ?? 0, {
      method: 'POST',
      path: '/api/auth/logout',
      headers: { cookie, origin: tend.webUrl },
    })
    expect(signedOut.status).toBe(204)
    await expect.poll(askAll, { timeout: 2000, interval: 50 }).toEqual([401, 401])
  })

  it('count wrong passwords together', async () => {
    const { email } = await register()
    const statuses: number[] = []
    for (let tries = 0; tries < 12; tries += 1) {
      const { port = 0 } = tend.web[tries % 2] ?? {}
      const { status } = await signIn(port, email, `192.0.2.${100 + tries}`, 'not the password')
      statuses.push(status)
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
  })

  it('tell of a change at one API server over the stream of the other', async () => {
    const { client } = await register()
    const token = await unwrap(client.auth.token())
    const bearer = { authorization: `Bearer ${token.accessToken}` }
    const ending = new AbortController()
    const seen: string[] = []
    let opened = 0
    const following = [0, 1].map(async () => {
      for await (const event of client.followTaskEvents({ signal: ending.signal })) {
        if (event.type === 'stream.open') opened += 1
        if (event.type === 'task.created') seen.push(event.task.title)
      }
    })
    await expect.poll(() => opened).toBe(2)
    for (const [place, { port }] of tend.api.entries()) {
      const body = { title: `written at ${place}` }
      await ask(port, { method: 'POST', path: '/api/tasks', headers: bearer, body })
    }
    const all = ['written at 0', 'written at 0', 'written at 1', 'written at 1']
    await expect.poll(() => seen.toSorted(), { timeout: 1000, interval: 20 }).toEqual(all)
    ending.abort()
    await Promise.all(following)
  })

  it('lose no request while every server is replaced, one after the other', async () => {
    const { client } = await register()
    let isOver = false
    const failures: string[] = []
    const written = new Set<string>()
    const work = async (name: number) => {
      for (let count = 0; !isOver; count += 1) {
        const title = `${name}-${count}`
        try {
          await unwrap(client.tasks.create({ body: { title } }))
          written.add(title)
          await unwrap(client.tasks.list({ query: { limit: 5 } }))
          if (count % 10 === 0) await unwrap(client.auth.session())
        } catch (error) {
          failures.push(String(error))
        }
        await sleep(5)
      }
    }
    const working = Array.from({ length: 8 }, (_nothing, name) => work(name))
    for (const replica of [...tend.api, ...tend.web]) await replica.restart()
    isOver = true
    await Promise.all(working)
    expect(failures).toEqual([])
    const found: string[] = []
    let cursor: string | null = null
    do {
      const page: { items: { title: string }[]; nextCursor: string | null } = await unwrap(
        client.tasks.list({ query: { limit: 100, ...(cursor !== null && { cursor }) } }),
      )
      found.push(...page.items.map(({ title }) => title))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(found.toSorted()).toEqual([...written].toSorted())
    expect(written.size).toBeGreaterThan(100)
  })

  it('send pages without TLS to https, and refuse calls without it', async () => {
    const ask80 = (name: string, path: string) =>
      ask(tend.httpPort, { path, headers: { host: name, 'x-forwarded-proto': 'https' } })
    const page = await ask80('localhost', '/login?next=%2Fsettings')
    expect(page.status).toBe(308)
    expect(page.headers.location).toBe(`${tend.webUrl}/login?next=%2Fsettings`)
    const call = await ask80('api.localhost', '/api/tasks')
    expect(call).toMatchObject({ status: 403, body: { code: 'HTTPS_REQUIRED' } })
  })

  it('count by the address that nginx saw, whatever a client claims', async () => {
    const { email } = await register()
    const login = (claimed: number) =>
      fetch(`${tend.webUrl}/api/auth/login`, {
        method: 'POST',
        headers: {
          origin: tend.webUrl,
          'content-type': 'application/json',
          'x-forwarded-for': `198.51.100.${claimed}`,
        },
        body: JSON.stringify({ email: `${claimed}-${email}`, password }),
      }).then(({ status }) => status)
    const statuses: number[] = []
    for (let tries = 0; tries < 25; tries += 1) statuses.push(await login(tries))
    expect(statuses).toContain(429)
  })
})

describe('two API servers with a limit on requests', () => {
  const limit = 300
  beforeAll(async () => {
    for (const { restart } of tend.api) await restart({ RATE_LIMIT_PER_MINUTE: String(limit) })
  })

  // While the database takes longer than a quarter of a second, each counts alone: that is not what is tried here.
  it('count together what nginx gives to one and the other', {
    retry: 2,
    timeout: 120_000,
  }, async () => {
    await waitForQuietMachine()
    const { client } = await register()
    const { accessToken } = await unwrap(client.auth.token())
    const headers = { authorization: `Bearer ${accessToken}` }
    const handled = () => tend.api.map(({ app }) => app.lines.length)
    const before = handled()
    const statuses: number[] = []
    const send = async () => {
      while (statuses.length < limit * 1.5) {
        const answer = await fetch(`${tend.apiUrl}/api/tasks?limit=1`, { headers })
        await answer.arrayBuffer()
        statuses.push(answer.status)
        if (answer.status === 429) {
          expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
          expect(answer.headers.get('ratelimit')).toMatch(/^"user";r=0;t=\d+$/)
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, send))
    const allowed = statuses.filter((status) => status === 200).length
    expect(allowed).toBeGreaterThanOrEqual(limit)
    expect(allowed).toBeLessThanOrEqual(limit * 1.1)
    expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([])
    // nginx gave to both.
    for (const [place, count] of handled().entries()) {
      expect(count - (before[place] ?? 0)).toBeGreaterThan(50)
    }
  })
})

describe('nginx without a server behind it', () => {
  it('answers as Tend does when it is not available', async () => {
    await Promise.all(tend.api.map(({ app }) => app.stop()))
    const answer = await fetch(`${tend.apiUrl}/api/tasks`)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ status: 503, code: 'UNAVAILABLE' })
  })
})
