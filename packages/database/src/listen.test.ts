import { connect as connectTcp, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { connectDatabase } from './connect-database.ts'
import type { DatabaseSchema } from './database-schema.ts'
import { type Listener, listen } from './listen.ts'
import { createTestDatabase } from './test-database.ts'

let database: { url: string; drop: () => Promise<void> }
let db: Kysely<DatabaseSchema>

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectDatabase(database.url)
})

afterAll(async () => {
  await db.destroy()
  await database.drop()
})

async function notify(payload: string): Promise<void> {
  await sql`select pg_notify('test', ${payload})`.execute(db)
}

function setUp(url: string) {
  const heard: string[] = []
  const lost: unknown[] = []
  let connections = 0
  const listener = listen(url, {
    channels: ['test', 'another'],
    heartbeat: 50,
    onNotification: (channel, payload) => heard.push(`${channel}: ${payload}`),
    onConnected: async () => {
      connections += 1
    },
    onLost: (error) => lost.push(error),
  })
  return { listener, heard, lost, connections: () => connections }
}

function isHearing(listener: Listener): Promise<void> {
  return vi.waitFor(() => expect(listener.silence()).toBeLessThan(200), { timeout: 5_000 })
}

it('hears what is announced, in order, and says that it is up to date', async () => {
  const { listener, heard } = setUp(database.url)
  expect(listener.silence()).toBe(Number.POSITIVE_INFINITY)
  await isHearing(listener)
  for (const payload of ['1', '2', '3']) await notify(payload)
  await vi.waitFor(() => expect(heard).toEqual(['test: 1', 'test: 2', 'test: 3']))
  await listener.stop()
})

it('comes back by itself when the server ends the connection, and loads again', async () => {
  const { listener, heard, lost, connections } = setUp(database.url)
  await isHearing(listener)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'tend-listen' and datname = current_database()`.execute(db)
  await vi.waitFor(() => expect(connections()).toBe(2), { timeout: 5_000 })
  await isHearing(listener)
  await notify('after')
  await vi.waitFor(() => expect(heard).toEqual(['test: after']))
  expect(lost.length).toBeGreaterThan(0)
  await listener.stop()
})

it('notices a network that swallows everything, and does not call itself up to date meanwhile', async () => {
  const proxy = await startSwallowingProxy(database.url)
  const { listener, lost } = setUp(proxy.url)
  await isHearing(listener)
  proxy.swallow()
  await sleep(700)
  expect(listener.silence()).toBeGreaterThan(500)
  await vi.waitFor(() => expect(lost.length).toBeGreaterThan(0), { timeout: 3_000 })
  await listener.stop()
  await proxy.stop()
})

it('leaves no connection behind when it stops', async () => {
  const { listener } = setUp(database.url)
  await isHearing(listener)
  await listener.stop()
  await vi.waitFor(async () => {
    const left = await sql`select from pg_stat_activity
      where application_name = 'tend-listen' and datname = current_database()`.execute(db)
    expect(left.rows).toHaveLength(0)
  })
})

async function startSwallowingProxy(target: string) {
  const { hostname, port } = new URL(target)
  const sockets: Socket[] = []
  let isSwallowing = false
  const server = createServer((incoming) => {
    const outgoing = connectTcp(Number(port), hostname)
    sockets.push(incoming, outgoing)
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      from.on('data', (chunk) => isSwallowing || to.write(chunk))
      from.on('error', () => {})
      from.on('close', () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  const url = new URL(target)
  url.port = String(address.port)
  url.hostname = '127.0.0.1'
  return {
    url: url.href,
    swallow() {
      isSwallowing = true
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
