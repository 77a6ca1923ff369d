import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createTestDatabase } from '@tend/database/test-database'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  goodPassword,
  newEmail,
  startTestAuthServer,
  type TestAnswer,
  type TestAuthServer,
  type TestRequest,
} from './test-auth-server.ts'

/** A way to the database that can be cut and mended. */
async function startCable(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let isCut = false
  const relay = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => sockets.delete(one))
    }
    return undefined
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const address: AddressInfo | string | null = relay.address()
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const cut = () => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    cut,
    mend: () => {
      isCut = false
    },
    close: () => {
      cut()
      relay.close()
    },
  }
}

let testDatabase: Awaited<ReturnType<typeof createTestDatabase>>
let cable: Awaited<ReturnType<typeof startCable>>
let server: TestAuthServer
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  cable = await startCable(testDatabase.url)
  server = await startTestAuthServer({ databaseUrl: cable.url, statementTimeout: 300 })
})
afterAll(async () => {
  await server.close()
  cable.close()
  await testDatabase.drop()
})

const requests: [path: string, request: TestRequest][] = [
  ['/api/auth/register', { method: 'POST', body: { email: newEmail(), password: goodPassword } }],
  ['/api/auth/login', { method: 'POST', body: { email: newEmail(), password: goodPassword } }],
  ['/api/auth/logout', { method: 'POST' }],
  ['/api/auth/session', {}],
  ['/api/auth/token', { method: 'POST' }],
  ['/api/auth/get-session', {}],
  ['/api/auth/sign-out', { method: 'POST' }],
]

function expectUnavailable(answer: TestAnswer): void {
  expect(answer.body).toMatchObject({ code: 'UNAVAILABLE', status: 503 })
  expect(answer.status).toBe(503)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answer.headers.getSetCookie()).toEqual([])
}

describe('while the database is away', () => {
  it.each(requests)(
    '%s answers 503 and signs nobody out, and works when it is back',
    async (path, request) => {
      const { cookie } = await server.register()
      cable.cut()
      expectUnavailable(await server.send(path, { ...request, cookie }))
      cable.mend()
      expect((await server.send('/api/auth/session', { cookie })).status).toBe(200)
      expect((await server.send(path, { ...request, cookie })).status).toBeLessThan(500)
    },
  )
})

/** Runs work while nobody else can use a table, whose statements therefore end at their time limit. */
async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
  await server.database.transaction().execute(async (transaction) => {
    await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(transaction)
    await work()
  })
}

describe('while a table of the database does not answer in time', () => {
  it.each([
    ['session', 'POST', 'logout'],
    ['session', 'GET', 'session'],
    ['session', 'POST', 'token'],
    ['rate_limit', 'POST', 'token'],
  ])('(%s) %s %s answers 503 and not that all is well', async (table, method, path) => {
    const { cookie } = await server.register()
    await whileLocked(table, async () => {
      expectUnavailable(await server.send(`/api/auth/${path}`, { method, cookie }))
    })
    expect((await server.send('/api/auth/session', { cookie })).status).toBe(200)
  })

  it.each([
    ['user', 'register'],
    ['account', 'register'],
    ['session', 'register'],
    ['account', 'login'],
    ['session', 'login'],
  ])('(%s) POST %s answers 503 and leaves nothing half done', async (table, path) => {
    const { email, password } =
      path === 'login' ? await server.register() : { email: newEmail(), password: goodPassword }
    const request = { method: 'POST', body: { email, password } }
    await whileLocked(table, async () => {
      expectUnavailable(await server.send(`/api/auth/${path}`, request))
    })
    expect((await server.send(`/api/auth/${path}`, request)).status).toBeLessThan(300)
  })
})
