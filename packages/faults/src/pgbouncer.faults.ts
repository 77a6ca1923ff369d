import { randomBytes } from 'node:crypto'
import { createTendClient, type TendClient, unwrap } from '@tend/contracts/client'
import { createTestDatabase } from '@tend/database/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFreePort } from './find-free-port.ts'
import { type App, runApp } from './run-app.ts'
import { runPgbouncer } from './run-pgbouncer.ts'

const PEOPLE = 20
const ROUNDS = 100

const stops: (() => Promise<void>)[] = []
let api: App
let addresses: { webUrl: string; apiUrl: string }

beforeAll(async () => {
  const database = await createTestDatabase()
  // Far fewer connections than there are requests at a time: each serves one person after the other.
  const pgbouncer = await runPgbouncer(database.url, 4)
  const ports = { web: await findFreePort(), api: await findFreePort() }
  addresses = { webUrl: `http://localhost:${ports.web}`, apiUrl: `http://localhost:${ports.api}` }
  const environment = {
    DATABASE_URL: pgbouncer.url,
    DATABASE_DIRECT_URL: database.url,
    BETTER_AUTH_SECRET: randomBytes(32).toString('base64'),
    JWT_SECRET: randomBytes(32).toString('base64'),
    WEB_PORT: String(ports.web),
    API_PORT: String(ports.api),
    RATE_LIMIT_PER_MINUTE: '0',
    TRUSTED_PROXIES: '127.0.0.1/32,::1/128',
  }
  api = await runApp('api', environment)
  const web = await runApp('web', environment)
  stops.push(web.stop, api.stop, pgbouncer.stop, database.drop)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

async function register(name: number): Promise<TendClient> {
  const client = createTendClient(addresses)
  const answer = await fetch(`${addresses.webUrl}/api/auth/register`, {
    method: 'POST',
    headers: {
      origin: addresses.webUrl,
      'content-type': 'application/json',
      'x-forwarded-for': `192.0.2.${name}`,
    },
    body: JSON.stringify({ email: `p${name}@example.com`, password: 'a long sentence is best' }),
  })
  expect(answer.status).toBe(201)
  const body = { email: `p${name}@example.com`, password: 'a long sentence is best' }
  await unwrap(client.auth.login({ body, extraHeaders: { 'x-forwarded-for': `192.0.2.${name}` } }))
  return client
}

describe('behind pgbouncer in transaction mode', () => {
  it('no answer shows a task of somebody else, however people follow each other on a connection', async () => {
    const clients: TendClient[] = []
    for (let name = 0; name < PEOPLE; name += 1) clients.push(await register(name))
    const strangers: string[] = []
    const work = async (client: TendClient, name: number) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await unwrap(client.tasks.create({ body: { title: `${name}: ${round}` } }))
        const { items } = await unwrap(client.tasks.list({ query: { limit: 10 } }))
        strangers.push(
          ...items.map(({ title }) => title).filter((title) => !title.startsWith(`${name}: `)),
        )
        expect(items[0]?.title).toBe(`${name}: ${round}`)
        // Times are read in UTC, whichever connection answered.
        expect(Math.abs(Date.parse(items[0]?.createdAt ?? '') - Date.now())).toBeLessThan(60_000)
      }
      expect((await unwrap(client.tasks.counts())).open).toBe(ROUNDS)
    }
    await Promise.all(clients.map(work))
    expect(strangers).toEqual([])
  })

  it('changes are told and sign-outs are heard, over connections of their own', async () => {
    const client = await register(PEOPLE)
    const ending = new AbortController()
    const seen: string[] = []
    let isOpen = false
    const following = (async () => {
      for await (const event of client.followTaskEvents({ signal: ending.signal })) {
        if (event.type === 'stream.open') isOpen = true
        if (event.type === 'task.created') seen.push(event.task.title)
      }
    })()
    await expect.poll(() => isOpen).toBe(true)
    await unwrap(client.tasks.create({ body: { title: 'heard' } }))
    await expect.poll(() => seen, { timeout: 1000 }).toEqual(['heard'])
    ending.abort()
    await following
    const { accessToken } = await unwrap(client.auth.token())
    const headers = { authorization: `Bearer ${accessToken}` }
    const ask = () =>
      fetch(`${addresses.apiUrl}/api/tasks`, { headers }).then(({ status }) => status)
    expect(await ask()).toBe(200)
    await unwrap(client.auth.logout())
    await expect.poll(ask, { timeout: 2000 }).toBe(401)
  })

  it('nothing of it was an error to the API', () => {
    const levels = api.lines.map((line) => JSON.parse(line).level)
    expect(levels).not.toContain('error')
  })
})
