import { once } from 'node:events'
import { connect } from 'node:net'
import { formatRequest } from '@tend/bench/http-connection'
import { runLoad } from '@tend/bench/run-load'
import { percentile } from '@tend/bench/statistics'
import { connectDatabase } from '@tend/database/connect-database'
import { createTestDatabase } from '@tend/database/test-database'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, runTend, type Tend } from './run-tend.ts'

const password = 'a long sentence is best'

let tend: Tend
let ada: Person
let db: ReturnType<typeof connectDatabase>
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  const database = await createTestDatabase()
  db = connectDatabase(database.url, { maxConnections: 1 })
  tend = await runTend(database.url)
  stops.push(tend.stop, () => db.destroy(), database.drop)
  ada = await tend.register()
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const readList = () =>
  formatRequest({ method: 'GET', path: '/api/tasks?limit=5', token: ada.token })

/** Sends bytes, leaves it at that, and gives what comes back until the server ends the connection, and when. */
async function sendAndWait(text: string): Promise<{ answer: string; seconds: number }> {
  const startedAt = performance.now()
  const socket = connect(tend.api.port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return { answer, seconds: (performance.now() - startedAt) / 1000 }
}

describe('the API under more than it is made for', () => {
  it('answers a thousand connections without a failure, 99 of 100 requests within a second', async () => {
    const load = { port: tend.api.port, connections: 1_000, requests: [readList()] }
    await runLoad({ ...load, duration: 2_000 })
    const { statuses, failures, latencies } = await runLoad({ ...load, duration: 5_000 })
    expect(failures).toEqual([])
    expect(Object.keys(statuses)).toEqual(['200'])
    expect(percentile(latencies, 0.99)).toBeLessThan(1_000)
  })

  it('turns away what is too much, with a time to come back, and goes on answering health', async () => {
    const load = { port: tend.api.port, connections: 4_000, requests: [readList()] }
    const loading = runLoad({ ...load, duration: 5_000 })
    const health: number[] = []
    for (let count = 0; count < 20; count += 1) {
      const askedAt = performance.now()
      const live = await fetch(`http://127.0.0.1:${tend.api.port}/health/live`)
      expect(live.status).toBe(200)
      health.push(performance.now() - askedAt)
    }
    const { statuses, failures } = await loading
    expect(failures).toEqual([])
    expect(Object.keys(statuses).filter((status) => status !== '200' && status !== '503')).toEqual(
      [],
    )
    expect(statuses[200]).toBeGreaterThan(100)
    expect(percentile(health, 0.5)).toBeLessThan(1_000)
    expect(tend.hasLostProcess()).toBe(false)
  })

  it('has every connection to the database back five seconds after a thousand clients gave up', async () => {
    const sockets = Array.from({ length: 1_000 }, () => connect(tend.api.port, '127.0.0.1'))
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    for (const socket of sockets) {
      socket.on('error', () => {})
      socket.write(readList(), () => socket.destroy())
    }
    const countBusy = async () => {
      const { rows } = await sql<{ open: number; busy: number }>`
        select count(*) as open, count(*) filter (where state <> 'idle') as busy
        from pg_stat_activity where application_name = 'tend-api'`.execute(db)
      return rows[0]
    }
    await expect.poll(async () => (await countBusy())?.busy, { timeout: 5_000 }).toBe(0)
    expect((await countBusy())?.open).toBeLessThanOrEqual(20)
    const { statuses } = await runLoad({
      port: tend.api.port,
      connections: 8,
      duration: 300,
      requests: [readList()],
    })
    expect(Object.keys(statuses)).toEqual(['200'])
  })

  it('cuts off clients that send their headers or their body too slowly', async () => {
    const head = `POST /api/tasks HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${ada.token}\r\n`
    const body = 'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"title":'
    const [slowHeaders, slowBody] = await Promise.all([sendAndWait(head), sendAndWait(head + body)])
    expect(slowHeaders.answer).toContain('408 Request Timeout')
    expect(slowHeaders.seconds).toBeLessThan(15)
    expect(slowBody.seconds).toBeLessThan(40)
  })
})

describe('a storm of sign-ins', () => {
  it('of two hundred at once leaves task requests within half a second', async () => {
    const emails = Array.from({ length: 40 }, (_, index) => `storm-${index}@example.com`)
    const signIn = (email: string, address: string) =>
      fetch(`${tend.webUrl}/api/auth/login`, {
        method: 'POST',
        headers: {
          origin: tend.webUrl,
          'content-type': 'application/json',
          'x-forwarded-for': address,
        },
        body: JSON.stringify({ email, password }),
      }).then(({ status }) => status)
    const storm = Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        signIn(emails[index % emails.length] ?? '', `198.51.100.${index}`),
      ),
    )
    const { latencies, failures } = await runLoad({
      port: tend.api.port,
      connections: 50,
      duration: 5_000,
      rate: 100,
      requests: [readList()],
    })
    expect(failures).toEqual([])
    expect(percentile(latencies, 0.95)).toBeLessThan(500)
    // Nobody of them has an account: each costs a password hash all the same, or is told to come back.
    const statuses = new Set(await storm)
    expect([...statuses].filter((status) => ![401, 429, 503].includes(status))).toEqual([])
  })
})
