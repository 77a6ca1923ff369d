import type { IncomingMessage, Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { parseTrustedProxies } from '@tend/runtime/client-address'
import { createLogger } from '@tend/runtime/logger'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWebServer } from '../http/create-web-server.ts'
import { listenLocally } from '../http/test-raw-request.ts'
import { createWidening } from './shared-addresses.ts'
import { newEmail, startTestAuthServer, type TestAuthServer } from './test-auth-server.ts'

let auth: TestAuthServer
const servers: Server[] = []
beforeAll(async () => {
  auth = await startTestAuthServer()
})
afterAll(async () => {
  for (const server of servers) server.close()
  await auth.close()
})
beforeEach(() => auth.database.deleteFrom('rate_limit').execute())

/** Puts the sign-in routes behind the server of src/main.ts, as Next.js stands behind it. */
async function startServer(trusted = '', behind = auth): Promise<string> {
  const server = createWebServer({
    handle: async (request, response) => {
      const answer = await behind.handle(await toRequest(request, behind.site))
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(await answer.text())
    },
    webUrl: behind.site,
    trustedProxies: parseTrustedProxies(trusted) ?? [],
    headers: {},
    log: createLogger({ name: 'test', level: 'silent' }),
    isDraining: () => false,
  })
  servers.push(server)
  return `http://127.0.0.1:${await listenLocally(server)}`
}

async function toRequest(request: IncomingMessage, site: string): Promise<Request> {
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  const body = request.method === 'GET' ? null : await text(request)
  return new Request(`${site}${request.url}`, {
    method: request.method ?? 'GET',
    headers,
    body,
  })
}

async function tryLogins(
  url: string,
  count: number,
  headersOf: (i: number) => Record<string, string>,
) {
  const statuses: number[] = []
  for (let i = 0; i < count; i += 1) {
    const answer = await fetch(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headersOf(i) },
      body: JSON.stringify({ email: newEmail(), password: 'a wrong parsnip' }),
    })
    statuses.push(answer.status)
    await answer.text()
  }
  return statuses.filter((status) => status !== 429).length
}

async function signIn(url: string, email: string, password: string): Promise<number> {
  const answer = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  await answer.arrayBuffer()
  return answer.status
}

describe('the limit of 20 logins a minute per address', () => {
  it.each(['x-forwarded-for', 'X-Real-IP', 'Forwarded', 'CF-Connecting-IP', 'X-Client-IP'])(
    'is not got round with the header %s',
    async (name) => {
      const url = await startServer()
      expect(await tryLogins(url, 25, (i) => ({ [name]: `198.51.100.${i}` }))).toBe(20)
    },
  )

  it('is not got round through a trusted proxy with addresses of one’s own', async () => {
    const url = await startServer('127.0.0.1')
    const headersOf = (i: number) => ({ 'x-forwarded-for': `198.51.100.${i}, 203.0.113.5` })
    expect(await tryLogins(url, 25, headersOf)).toBe(20)
  })

  it('holds for each address that a trusted proxy names', async () => {
    const url = await startServer('127.0.0.1')
    const headersOf = (i: number) => ({ 'x-forwarded-for': `198.51.100.${i}` })
    expect(await tryLogins(url, 25, headersOf)).toBe(25)
  })
})

describe('people who all seem to come from one address', () => {
  it('sign in as often as they like, as long as they know their passwords', async () => {
    const url = await startServer()
    const { email, password } = await auth.register()
    for (let i = 0; i < 25; i += 1) expect(await signIn(url, email, password)).toBe(200)
  })

  it('do not lock out each other behind a proxy that nobody has named', async () => {
    const secure = await startTestAuthServer({ site: 'https://tend.example' })
    const url = await startServer('', secure)
    const { email, password } = await secure.register()
    expect(await tryLogins(url, 100, () => ({}))).toBe(100)
    expect(await signIn(url, email, password)).toBe(200)
    for (let i = 0; i < 11; i += 1) await signIn(url, 'ada@example.org', 'a wrong parsnip')
    expect(await signIn(url, 'ada@example.org', 'a wrong parsnip')).toBe(429)
    await secure.close()
  })

  it('share a limit of 20 where that proxy has an address of the internet', () => {
    const environment = { WEB_URL: 'https://tend.example', TRUSTED_PROXIES: [] }
    const widen = createWidening(environment)
    const rule = { window: 60, max: 20 }
    expect(widen(rule, '198.51.100.1')).toEqual(rule)
    for (const address of ['127.0.0.1', '10.1.2.3', '172.18.0.2', '192.168.1.1', 'fd00::1']) {
      expect(widen(rule, address).max).toBe(1000)
    }
    const named = parseTrustedProxies('10.0.0.0/8') ?? []
    expect(createWidening({ ...environment, TRUSTED_PROXIES: named })(rule, '10.1.2.3')).toEqual(
      rule,
    )
  })
})
