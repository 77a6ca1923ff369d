import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { formatRequest } from '@tend/bench/http-connection'
import { startLoadProcess } from '@tend/bench/start-load-process'
import { percentile } from '@tend/bench/statistics'
import { connectDatabase } from '@tend/database/connect-database'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { findMetrics } from './read-metrics.ts'
import { setUpDatabase, setUpTend } from './set-up-tend.ts'
import { waitForQuietMachine } from './wait-for-quiet-machine.ts'

/** On a machine that does other work as well, the best of three rounds is what Tend can do; each waits for a quiet moment. */
const bestOfThree = { retry: 2, timeout: 120_000 }

const database = await setUpDatabase()
const { tend, ada } = await setUpTend({
  databaseUrl: database.url,
  settings: { METRICS_PORT: '0', ACCESS_TOKEN_TTL: '3600' },
})
const metrics = findMetrics(tend.api)
const load = startLoadProcess()
afterAll(() => load.stop())
const db = connectDatabase(database.url, { maxConnections: 1 })
afterAll(() => db.destroy())

const readList = formatRequest({ method: 'GET', path: '/api/tasks?limit=5', token: ada.token })
const port = tend.api.port
const requests = [readList]

/** Asks for the health of the API again and again, and tells how long each answer took, in milliseconds. */
function watchHealth() {
  const times: number[] = []
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      const askedAt = performance.now()
      const live = await fetch(`http://127.0.0.1:${port}/health/live`)
      await live.arrayBuffer()
      expect(live.status).toBe(200)
      times.push(performance.now() - askedAt)
      await sleep(50)
    }
  })()
  return async () => {
    isOver = true
    await watching
    return Float64Array.from(times)
  }
}

describe('the API under more than it is made for', () => {
  it(
    'answers a thousand connections without a failure, 99 of 100 requests within a second',
    bestOfThree,
    async () => {
      await waitForQuietMachine()
      const outcome = await load.run({ port, connections: 1_000, duration: 6_000, requests })
      expect(outcome.failures).toEqual([])
      expect(Object.keys(outcome.statuses)).toEqual(['200'])
      expect(outcome.latencies.length).toBeGreaterThan(3_000)
      expect(percentile(outcome.latencies, 0.99)).toBeLessThan(1_000)
    },
  )

  it(
    'turns away what is too much, with a time to come back, while its event loop stays free and health answers',
    bestOfThree,
    async () => {
      await waitForQuietMachine()
      await metrics.read()
      const stopWatching = watchHealth()
      // Each asks again at once, whatever it was told.
      const outcome = await load.run({ port, connections: 3_000, duration: 8_000, requests })
      const read = await metrics.read()
      const health = await stopWatching()
      // A 503 without Retry-After counts as a failure.
      expect(outcome.failures).toEqual([])
      expect(Object.keys(outcome.statuses)).toEqual(['200', '503'])
      expect(outcome.statuses[200]).toBeGreaterThan(3_000)
      expect(read('nodejs_eventloop_lag_mean_seconds')).toBeLessThan(0.1)
      expect(read('nodejs_eventloop_lag_p99_seconds')).toBeLessThan(0.1)
      expect(percentile(health, 0.95)).toBeLessThan(500)
      expect(tend.hasLostProcess()).toBe(false)
    },
  )

  it('has every connection to the database back five seconds after a thousand clients gave up', async () => {
    const sockets = Array.from({ length: 1_000 }, () => connect(port, '127.0.0.1'))
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    for (const [place, socket] of sockets.entries()) {
      socket.on('error', () => {})
      // Some are gone before they are heard, some while the database works for them.
      socket.write(readList, () => setTimeout(() => socket.destroy(), place % 200))
    }
    const countBusy = async () => {
      const { rows } = await sql<{ open: number; busy: number }>`
        select count(*) as open, count(*) filter (where state <> 'idle') as busy
        from pg_stat_activity where application_name = 'tend-api'`.execute(db)
      return { open: Number(rows[0]?.open), busy: Number(rows[0]?.busy) }
    }
    await sleep(200)
    await expect.poll(async () => (await countBusy()).busy, { timeout: 4_800 }).toBe(0)
    expect((await countBusy()).open).toBeLessThanOrEqual(20)
    const read = await metrics.read()
    expect(read('database_pool_waiting')).toBe(0)
    expect(read('database_pool_idle')).toBe(read('database_pool_open'))
    const { statuses } = await load.run({ port, connections: 8, duration: 300, requests })
    expect(Object.keys(statuses)).toEqual(['200'])
  })
})

/** Sends the beginning, then one byte a second, and gives what comes back until the server ends the connection, and when. */
async function sendSlowly(to: number, beginning: string, byte: string) {
  const startedAt = performance.now()
  const socket = connect(to, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.on('error', () => {})
  socket.write(beginning)
  const dripping = setInterval(() => socket.write(byte), 1_000)
  await once(socket, 'close')
  clearInterval(dripping)
  return { answer, seconds: (performance.now() - startedAt) / 1000 }
}

describe('clients that send too slowly', () => {
  it.for([
    { name: 'API', to: port, path: '/api/tasks' },
    { name: 'web app', to: tend.web.port, path: '/api/auth/login' },
  ])('are cut off by the $name, in their headers as in their body', async ({ to, path }) => {
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${to}\r\nAuthorization: Bearer ${ada.token}\r\n`
    const body = 'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"title":"'
    const [slowHeaders, slowBody] = await Promise.all([
      sendSlowly(to, `${head}X-Slow: `, 'x'),
      sendSlowly(to, head + body, 'x'),
    ])
    expect(slowHeaders.answer).toContain('408 Request Timeout')
    expect(slowHeaders.seconds).toBeLessThan(15)
    expect(slowBody.answer).toContain('408 Request Timeout')
    expect(slowBody.seconds).toBeLessThan(40)
  })
})

describe('a storm of sign-ins', () => {
  let storms = 0

  it('of two hundred at once leaves task requests within half a second', bestOfThree, async () => {
    await waitForQuietMachine()
    storms += 1
    const signIn = (index: number) =>
      fetch(`${tend.webUrl}/api/auth/login`, {
        method: 'POST',
        headers: {
          origin: tend.webUrl,
          'content-type': 'application/json',
          'x-forwarded-for': `198.51.100.${index}`,
        },
        // Nobody of them has an account: each costs a password hash all the same.
        body: JSON.stringify({
          email: `storm-${storms}-${index % 40}@example.com`,
          password: 'a long sentence is best',
        }),
      }).then(({ status }) => status)
    const storm = Promise.all(Array.from({ length: 200 }, (_nothing, index) => signIn(index)))
    const outcome = await load.run({ port, connections: 50, duration: 5_000, rate: 100, requests })
    expect(outcome.failures).toEqual([])
    expect(Object.keys(outcome.statuses)).toEqual(['200'])
    expect(percentile(outcome.latencies, 0.95)).toBeLessThan(500)
    const statuses = await storm
    // What is too much for the web app is told to come back.
    expect(statuses.filter((status) => status !== 401 && status !== 503)).toEqual([])
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThan(100)
  })
})
