import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { accessTokenSchema } from '@tend/contracts'
import { afterAll, expect, it } from 'vitest'
import { runApp } from './run-app.ts'
import { setUpTend } from './set-up-tend.ts'

const { tend } = await setUpTend()
let { web, api } = tend
afterAll(() => Promise.all([web.stop(), api.stop()]))

/** A new process with other secrets takes over, and the one before ends as it does in any update. */
async function replace(name: 'web' | 'api', secrets: Record<string, string>): Promise<void> {
  const next = await runApp(name, { ...tend.environment, WEB_PORT: '0', API_PORT: '0', ...secrets })
  const former = name === 'web' ? web : api
  if (name === 'web') web = next
  else api = next
  await former.stop()
}

async function register(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${web.port}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: tend.webUrl },
    body: JSON.stringify({ email: 'ada@example.org', password: 'a rare parsnip on tuesday' }),
  })
  expect(answer.status).toBe(201)
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1).join())
    .join('; ')
}

async function askToken(cookie: string): Promise<{ status: number; token: string }> {
  const answer = await fetch(`http://127.0.0.1:${web.port}/api/auth/token`, {
    method: 'POST',
    headers: { cookie, origin: tend.webUrl },
  })
  const body: unknown = await answer.json()
  const token = accessTokenSchema.safeParse(body).data?.accessToken ?? ''
  return { status: answer.status, token }
}

async function askTasks(token: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${api.port}/api/tasks`, {
    headers: { authorization: `Bearer ${token}` },
  })
  await answer.arrayBuffer()
  return answer.status
}

it('new secrets fail no request and sign nobody out, as docs/secret-rotation.md plays it', async () => {
  const cookie = await register()
  const { BETTER_AUTH_SECRET = '', JWT_SECRET = '' } = tend.environment
  const [signing, session] = [0, 1].map(() => randomBytes(32).toString('base64'))
  const first = await askToken(cookie)
  const statuses: number[] = []
  let isOver = false
  const load = Promise.all(
    Array.from({ length: 3 }, async () => {
      while (!isOver) {
        const { status, token } = await askToken(cookie)
        statuses.push(status)
        for (let i = 0; i < 4; i += 1) statuses.push(await askTasks(token))
        await sleep(10)
      }
    }),
  )

  const newApi = { JWT_SECRET: signing ?? '', JWT_SECRET_PREVIOUS: JWT_SECRET }
  await replace('api', newApi)
  const newWeb = { JWT_SECRET: signing ?? '', BETTER_AUTH_SECRET: session ?? '' }
  await replace('web', { ...newWeb, BETTER_AUTH_SECRET_PREVIOUS: BETTER_AUTH_SECRET })
  // A token that was asked for before is used for a moment still; in earnest, for its life.
  await sleep(1_000)
  await replace('api', { JWT_SECRET: signing ?? '' })
  isOver = true
  await load

  expect(statuses.length).toBeGreaterThan(100)
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(await askTasks(first.token)).toBe(401)
  expect((await askToken(cookie)).status).toBe(200)
  await replace('web', newWeb)
  expect((await askToken(cookie)).status).toBe(401)
})
