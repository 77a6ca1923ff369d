import { formatRequest } from '@tend/bench/http-connection'
import { startLoadProcess } from '@tend/bench/start-load-process'
import { unwrap } from '@tend/contracts/client'
import { afterAll, expect, it } from 'vitest'
import { findFreePort } from './find-free-port.ts'
import { measureHeap } from './measure-heap.ts'
import { runApp } from './run-app.ts'
import { setUpTend } from './set-up-tend.ts'

const REQUESTS = 300_000
const WARM_UP = 60_000
const PEOPLE = 20
/** So many that no two requests with one key are under way together, however slow the machine is at times. */
const ROUNDS = 20
/** Less than what a machine of two cores can bear, with the load itself on them: no request may fail. */
const CONNECTIONS = 16

const { tend } = await setUpTend({ settings: { ACCESS_TOKEN_TTL: '3600' } })
const inspectPort = await findFreePort()
const api = await runApp('api', {
  ...tend.environment,
  API_PORT: '0',
  // Counted, and high enough for everybody.
  RATE_LIMIT_PER_MINUTE: '1000000',
  NODE_OPTIONS: `--inspect=127.0.0.1:${inspectPort}`,
})
afterAll(api.stop)
const load = startLoadProcess()
afterAll(() => load.stop())

/** What a person does in one round: mostly looking, some writing, some mistakes. It leaves as many tasks as there were. */
function writeRound(token: string, id: string, round: number): Buffer[] {
  const headers = { 'Idempotency-Key': `soak-${id}-${round}` }
  const body = { title: 'Written once' }
  return [
    { method: 'GET', path: '/api/tasks?limit=50' },
    { method: 'GET', path: '/api/tasks?status=open&sort=due' },
    { method: 'GET', path: '/api/tasks/counts' },
    { method: 'GET', path: `/api/tasks/${id}` },
    { method: 'POST', path: `/api/tasks/${id}/toggle` },
    { method: 'PATCH', path: `/api/tasks/${id}`, body: { priority: 'high' } },
    { method: 'POST', path: '/api/tasks', body, headers },
    { method: 'GET', path: '/api/tasks/01890a5d-ac96-774b-bcce-b302099a8057' },
    { method: 'GET', path: '/api/tasks?limit=nonsense' },
    { method: 'POST', path: '/api/tasks', body: { title: '' } },
    { method: 'GET', path: '/nowhere' },
  ].map((request) => formatRequest({ ...request, token }))
}

async function writeRequests(): Promise<Buffer[]> {
  const people: { token: string; id: string }[] = []
  for (let count = 0; count < PEOPLE; count += 1) {
    const { client, token } = await tend.register()
    const { id } = await unwrap(client.tasks.create({ body: { title: 'Water the ferns' } }))
    people.push({ token, id })
  }
  const rounds = Array.from({ length: ROUNDS }, (_nothing, round) => round)
  return rounds.flatMap((round) => people.flatMap(({ token, id }) => writeRound(token, id, round)))
}

it('300,000 requests leave the API with the memory it had, and none of them fails', {
  timeout: 1_800_000,
}, async () => {
  const requests = await writeRequests()
  const send = async (total: number) => {
    const statuses = new Set<string>()
    for (let sent = 0; sent < total; ) {
      const order = { port: api.port, connections: CONNECTIONS, duration: 5_000, requests }
      const outcome = await load.run(order)
      expect(outcome.failures).toEqual([])
      for (const status of Object.keys(outcome.statuses)) statuses.add(status)
      sent += outcome.latencies.length
      api.lines.length = 0
    }
    expect([...statuses].toSorted()).toEqual(['200', '201', '404', '422'])
  }
  // Compiled code, prepared statements and caches fill first.
  await send(WARM_UP)
  const before = await measureHeap(inspectPort)
  const startedAt = performance.now()
  await send(REQUESTS)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const after = await measureHeap(inspectPort)
  process.stdout.write(
    `${REQUESTS} requests in ${seconds} s: ${before} bytes before, ${after} after\n`,
  )
  expect(after / before).toBeLessThan(1.05)
})
