import { Agent, request } from 'node:http'
import { createTestDatabase } from '@tend/database/test-database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findFreePort } from './find-free-port.ts'
import { measureHeap } from './measure-heap.ts'
import { runApp } from './run-app.ts'
import { type Person, runTend, type Tend } from './run-tend.ts'

const REQUESTS = 300_000
const PEOPLE = 20
const CONNECTIONS = 64

let tend: Tend
const people: Person[] = []
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  const database = await createTestDatabase()
  stops.unshift(database.drop)
  tend = await runTend(database.url, { ACCESS_TOKEN_TTL: '3600' })
  stops.unshift(tend.stop)
  for (let count = 0; count < PEOPLE; count += 1) people.push(await tend.register())
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

type Call = { method: string; path: string; body?: string }

function send(port: number, agent: Agent, { token }: Person, call: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const { method, path, body } = call
    const outgoing = request({
      port,
      agent,
      method,
      path,
      host: '127.0.0.1',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      response.on('end', () => resolve(response.statusCode ?? 0)).on('error', reject)
      response.resume()
    })
    outgoing.end(body)
  })
}

/** What people do: mostly looking, some writing, some mistakes. Each leaves as many tasks as there were. */
const calls: Call[] = [
  { method: 'GET', path: '/api/tasks?limit=50' },
  { method: 'GET', path: '/api/tasks?status=open&sort=due' },
  { method: 'GET', path: '/api/tasks/counts' },
  { method: 'GET', path: '/api/tasks/01890a5d-ac96-774b-bcce-b302099a8057' },
  { method: 'GET', path: '/api/tasks?limit=nonsense' },
  { method: 'POST', path: '/api/tasks', body: '{"title":""}' },
  { method: 'POST', path: '/api/tasks', body: '{' },
  { method: 'GET', path: '/nowhere' },
]

it('300,000 requests leave the API with the memory it had', { timeout: 1_800_000 }, async () => {
  const inspectPort = await findFreePort()
  const api = await runApp('api', {
    ...tend.environment,
    API_PORT: String(await findFreePort()),
    NODE_OPTIONS: `--inspect=127.0.0.1:${inspectPort}`,
  })
  stops.unshift(api.stop)
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const sendMany = async (total: number) => {
    let left = total
    let failed = 0
    const work = async (worker: number) => {
      for (let count = worker; left > 0; count += 1) {
        left -= 1
        const person = people[count % PEOPLE]
        const call = calls[count % calls.length]
        if (person === undefined || call === undefined) throw new Error('There is nothing to send.')
        const status = await send(api.port, agent, person, call)
        // On a busy machine some are told to come back.
        if (status >= 500 && status !== 503) failed += 1
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, (_nothing, worker) => work(worker)))
    expect(failed).toBe(0)
  }
  // Compiled code, prepared statements and caches fill first.
  await sendMany(REQUESTS / 10)
  api.lines.length = 0
  const before = await measureHeap(inspectPort)
  for (let part = 0; part < 9; part += 1) {
    await sendMany(REQUESTS / 10)
    api.lines.length = 0
  }
  const after = await measureHeap(inspectPort)
  agent.destroy()
  expect(after / before).toBeLessThan(1.05)
})
