import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { connectDatabase } from '@tend/database/connect-database'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type App, runApp } from './run-app.ts'
import { setUpDatabase, setUpTend } from './set-up-tend.ts'

const preload = new URL('./measure-event-loop.ts', import.meta.url)

const database = await setUpDatabase()
const { tend } = await setUpTend({
  databaseUrl: database.url,
  settings: { NODE_OPTIONS: `--import=${fileURLToPath(preload)}` },
})
const second = await runApp('web', { ...tend.environment, WEB_PORT: '0', TRUSTED_PROXIES: '' })
afterAll(second.stop)
/** Two web servers on one database: the first believes the proxy of this machine, the second nobody. */
const servers: [App, App] = [tend.web, second]

beforeEach(async () => {
  const db = connectDatabase(database.url, { maxConnections: 1 })
  await db.deleteFrom('rate_limit').execute()
  await db.destroy()
})

let people = 0

function newEmail(): string {
  people += 1
  return `guest-${people}@example.org`
}

const newAddress = () => {
  people += 1
  return `10.9.${people >> 8}.${people & 255}`
}

type Try = { email?: string; password?: string; address?: string; path?: string }

async function send({ port }: App, given: Try): Promise<{ status: number; wait: string | null }> {
  const { email = newEmail(), password = 'a wrong parsnip', address, path = 'login' } = given
  const answer = await fetch(`http://127.0.0.1:${port}/api/auth/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(address !== undefined && { 'x-forwarded-for': address }),
    },
    body: JSON.stringify({ email, password }),
  })
  await answer.arrayBuffer()
  return { status: answer.status, wait: answer.headers.get('retry-after') }
}

/** Sends tries to both servers in turn and counts those that were not refused for their number. */
async function countTaken(count: number, describeTry: (i: number) => Try): Promise<number> {
  let taken = 0
  for (let i = 0; i < count; i += 1) {
    const { status, wait } = await send(servers[i % 2] ?? servers[0], describeTry(i))
    if (status !== 429) taken += 1
    else expect(Number(wait)).toBeGreaterThan(0)
  }
  return taken
}

describe('two web servers count together', () => {
  it('the tries for one account, 10 in 10 minutes', async () => {
    const email = newEmail()
    expect(await countTaken(14, () => ({ email, address: newAddress() }))).toBe(10)
  })

  it('the tries of one address, 20 a minute, whatever it says to who does not trust it', async () => {
    // The first sees this machine's own address by the header of a trusted proxy, the second by the connection.
    const describeTry = (i: number) => ({ address: i % 2 === 0 ? '127.0.0.1' : newAddress() })
    expect(await countTaken(26, describeTry)).toBe(20)
  })

  it('the accounts registered from one address, 10 a minute', async () => {
    const password = 'a rare parsnip on tuesday'
    const describeTry = (i: number) => ({
      path: 'register',
      password,
      address: i % 2 === 0 ? '127.0.0.1' : newAddress(),
    })
    expect(await countTaken(14, describeTry)).toBe(10)
  })

  it('nothing for an address that only a trusted proxy may name', async () => {
    for (let i = 0; i < 25; i += 1) {
      expect((await send(servers[0], { address: newAddress() })).status).toBe(401)
    }
  })
})

const delaySchema = z.object({ max: z.number(), p99: z.number() })

/** How long the server's event loop was held up since it was asked before, in milliseconds. */
async function readDelay({ child }: App): Promise<z.infer<typeof delaySchema>> {
  const answered = once(child, 'message')
  child.send('how long')
  const [answer]: unknown[] = await answered
  return delaySchema.parse(answer)
}

describe('a storm of 200 logins at once', () => {
  it('leaves the event loop free, and /api/health answers meanwhile', async () => {
    const [server] = servers
    // What is loaded at the first login is no part of the storm.
    await send(server, { address: newAddress() })
    await readDelay(server)
    let isOver = false
    const storm = Promise.all(
      Array.from({ length: 200 }, () => send(server, { address: newAddress() })),
    )
    const end = () => {
      isOver = true
    }
    storm.then(end, end)
    const waits: number[] = []
    const begin = performance.now()
    while (!isOver) {
      const start = performance.now()
      const health = await fetch(`http://127.0.0.1:${server.port}/api/health`)
      await health.arrayBuffer()
      expect(health.status).toBe(200)
      waits.push(performance.now() - start)
    }
    const answers = await storm
    const duration = performance.now() - begin
    const { p99 } = await readDelay(server)
    for (const { status, wait } of answers) {
      expect([401, 503]).toContain(status)
      if (status === 503) expect(Number(wait)).toBeGreaterThan(0)
    }
    expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThan(100)
    // 200 hashes take seconds of a core. On the event loop they would hold up everything else until the end; in a line
    // without other threads, every health check would wait for a place in it.
    expect(waits.length).toBeGreaterThan(3)
    expect(Math.max(...waits)).toBeLessThan(Math.max(1_000, duration / 2))
    expect(p99).toBeLessThan(300)
  })
})
