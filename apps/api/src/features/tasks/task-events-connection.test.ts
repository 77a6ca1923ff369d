import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Task } from '@tend/contracts'
import { createLogger } from '@tend/runtime/logger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpServer } from '../../http/create-http-server.ts'
import { listenLocally } from '../../http/test-raw-request.ts'
import { type Person, startTestApi, type TestApi } from '../../test-api.ts'
import { streamTaskEvents } from './stream-task-events.ts'
import { findCurrentPlace } from './task-changes.ts'
import { addTask, callTasks } from './test-task-calls.ts'

const log = createLogger({ name: 'test', level: 'silent' })

/** More than the buffers of a loopback connection hold. */
const megabytes = 20

let api: TestApi
let ada: Person
let server: ReturnType<typeof createHttpServer>
let port: number

beforeAll(async () => {
  api = await startTestApi()
  ada = await api.createPerson()
  server = createHttpServer(api.app, { log, headers: {} })
  port = await listenLocally(server)
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await api.close()
})

/** Opens a stream whose bytes are taken only when asked for. */
async function openStream(lastEventId?: string) {
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const client = connect(port, '127.0.0.1').on('error', () => {})
  const [serverSide] = await accepted
  const resume = lastEventId === undefined ? '' : `Last-Event-ID: ${lastEventId}\r\n`
  const head = `GET /api/tasks/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${ada.token}\r\n`
  let text = ''
  client.on('data', (chunk) => {
    text += chunk
  })
  client.write(`${head}${resume}\r\n`)
  await expect.poll(() => text).toMatch(/\nid: \S+\n\n/)
  return { client, serverSide, read: () => text }
}

/** The ids of the events that have arrived whole, and of the tasks they are about. */
function readEvents(received: string) {
  const text = received.slice(0, received.lastIndexOf('\n\n') + 1)
  const places = [...text.matchAll(/^id: (\S+)\n/gm)].map(([, id]) => id ?? '')
  const tasks = [...text.matchAll(/"task":\{"id":"([\w-]+)"/g)].map(([, id]) => id ?? '')
  return { places, tasks }
}

/** Changes tasks until their events have the size of `megabytes`; gives the ids of all. */
async function addLargeTasks(pattern: Task): Promise<string[]> {
  const ids: string[] = []
  for (let round = 0; round < megabytes / 5; round += 1) {
    const tasks = Array.from({ length: 500 }, (_, index) => {
      const number = String(round * 1000 + index).padStart(12, '0')
      const id = `019aa5b0-0000-7000-8000-${number}`
      return { ...pattern, id, description: 'x'.repeat(10_000) }
    })
    const body = { version: 1, exportedAt: pattern.createdAt, tasks }
    expect((await callTasks(api, 'import', { by: ada, body })).status).toBe(200)
    ids.push(...tasks.map(({ id }) => id))
  }
  return ids
}

describe('a stream of task events', () => {
  it('names its place at once, and gives a sign of life when nothing happens', async () => {
    const follower = api.taskFeed.follow(ada.id)
    if (follower === null) throw new Error('There is no place')
    const place = await findCurrentPlace(api.pool)
    const options = { db: api.pool, userId: ada.id, place, heartbeat: 30, log }
    const chunks = streamTaskEvents(follower, options)
    expect((await chunks.next()).value).toMatch(/^retry: 1000\nid: \d+\.[0-9a-f-]{36}\n\n$/)
    expect((await chunks.next()).value).toBe(': still here\n\n')
    expect((await chunks.next()).value).toBe(': still here\n\n')
    await chunks.return(undefined)
  })

  it('that was quiet is resumed where it began', async () => {
    const quiet = await openStream()
    const [place] = readEvents(quiet.read()).places
    quiet.client.destroy()
    const task = await addTask(api, ada, 'While nobody looked')
    const resumed = await openStream(place)
    await expect.poll(() => readEvents(resumed.read()).tasks).toContain(task.id)
    resumed.client.destroy()
  })

  it('holds a page for a slow reader and no more, then cuts it off; it goes on where it was', {
    timeout: 60_000,
  }, async () => {
    const slow = await openStream()
    slow.client.pause()
    const ids = await addLargeTasks(await addTask(api, ada))
    await sleep(200)
    // What is written and not sent yet: a page of fifty events.
    expect(slow.serverSide.writableLength).toBeLessThan(1_000_000)
    expect(slow.serverSide.destroyed).toBe(false)
    // As after the minute of the server's own limit.
    slow.serverSide.setTimeout(200)
    await expect.poll(() => slow.serverSide.destroyed, { timeout: 5_000 }).toBe(true)
    slow.client.resume()
    await once(slow.client, 'close')
    const seen = readEvents(slow.read())
    expect(seen.tasks.length).toBeLessThan(ids.length)
    const resumed = await openStream(seen.places.at(-1))
    await expect
      .poll(() => new Set(readEvents(resumed.read()).tasks).has(ids.at(-1) ?? ''), {
        timeout: 20_000,
      })
      .toBe(true)
    const all = new Set([...seen.tasks, ...readEvents(resumed.read()).tasks])
    expect(ids.filter((id) => !all.has(id))).toEqual([])
    resumed.client.destroy()
  })

  it('may stand still for a minute', () => {
    expect(server.timeout).toBe(60_000)
  })
})
