import { randomBytes } from 'node:crypto'
import { createTestDatabase } from '@tend/database/test-database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestAuthServer, type TestAuthServer } from './test-auth-server.ts'

const [old, next, other] = Array.from({ length: 3 }, () => randomBytes(32).toString('base64'))

let database: Awaited<ReturnType<typeof createTestDatabase>>
const servers: TestAuthServer[] = []
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  for (const server of servers) await server.close()
  await database.drop()
})

async function start(current = '', previous = ''): Promise<TestAuthServer> {
  const environment = { BETTER_AUTH_SECRET: current, BETTER_AUTH_SECRET_PREVIOUS: previous }
  const server = await startTestAuthServer({ databaseUrl: database.url, environment })
  servers.push(server)
  return server
}

const readStatus = async (server: TestAuthServer, cookie: string) =>
  (await server.send('/api/auth/session', { cookie })).status

it('lets a session and a known device survive a new secret, and no other', async () => {
  const before = await start(old)
  const during = await start(next, old)
  const after = await start(next)
  const { cookie, email, password } = await before.register()
  expect(await readStatus(during, cookie)).toBe(200)
  expect((await during.send('/api/auth/token', { method: 'POST', cookie })).status).toBe(200)
  expect(await readStatus(after, cookie)).toBe(401)
  expect(await readStatus(await start(next, other), cookie)).toBe(401)

  const wrong = { method: 'POST', body: { email, password: 'a wrong parsnip' } }
  for (let i = 0; i < 11; i += 1) await during.send('/api/auth/login', wrong)
  const login = { method: 'POST', body: { email, password }, cookie }
  const renewed = await during.send('/api/auth/login', login)
  expect(renewed.status).toBe(200)
  expect(await readStatus(after, renewed.cookie)).toBe(200)
})

it('gives the browser the new signature when its session is prolonged', async () => {
  const before = await start(old)
  const during = await start(next, old)
  const { cookie } = await before.register()
  const soon = new Date(Date.now() + 6 * 86_400_000)
  await before.database.updateTable('session').set({ expires_at: soon }).execute()
  const { cookie: renewed } = await during.send('/api/auth/token', { method: 'POST', cookie })
  expect(await readStatus(await start(next), renewed)).toBe(200)
})

it('takes the next secret ahead of time, so that several servers can change one by one', async () => {
  const ahead = await start(old, next)
  const { cookie } = await (await start(next, old)).register()
  expect(await readStatus(ahead, cookie)).toBe(200)
})

it.each([
  ['cut short', (cookie: string) => cookie.slice(0, 30)],
  ['broken', () => 'tend.session_token=%E0%A4%A'],
  ['signed by nobody', () => 'tend.session_token=token.signature; x'],
  ['without a name', (cookie: string) => cookie.replace('tend.session_token', '')],
])('signs nobody in with a cookie that is %s', async (_name, change) => {
  const before = await start(old)
  const { cookie } = await before.register()
  expect(await readStatus(await start(next, old), change(cookie))).toBe(401)
})
