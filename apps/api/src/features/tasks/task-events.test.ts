import { setTimeout as sleep } from 'node:timers/promises'
import { type TaskEvent, taskEventSchema } from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectProblem, type Person, startTestApi, type TestApi } from '../../test-api.ts'
import { apiEnvironment, startApiProcess } from '../../test-api-process.ts'
import { addTask, callTasks } from './test-task-calls.ts'

let api: TestApi
let ada: Person
let eve: Person

beforeAll(async () => {
  api = await startTestApi()
})
beforeEach(async () => {
  ada = await api.createPerson()
  eve = await api.createPerson()
})
afterAll(() => api.close())

type Sent = { id: string; event: TaskEvent; at: number }

/** Reads a stream until it ends. */
function follow(response: Response) {
  const sent: Sent[] = []
  const reader = response.body?.getReader()
  let rest = ''
  const ended = (async () => {
    for (;;) {
      const chunk = await reader?.read()
      if (chunk === undefined || chunk.done) return
      rest += Buffer.from(chunk.value).toString()
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const [, id = '', type, data = ''] = /^id: (.+)\nevent: (.+)\ndata: (.+)$/.exec(block) ?? []
        if (type === undefined) continue
        const event = taskEventSchema.parse(JSON.parse(data))
        expect(event.type).toBe(type)
        sent.push({ id, event, at: performance.now() })
      }
    }
  })()
  return {
    sent,
    ended,
    stop: () => reader?.cancel(),
    async until(count: number, time = 5_000): Promise<Sent[]> {
      const giveUpAt = performance.now() + time
      while (sent.length < count && performance.now() < giveUpAt) await sleep(5)
      return sent
    },
  }
}

async function open(by: Person, lastEventId?: string) {
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const response = await api.send('GET', '/api/tasks/events', { token: by.token, headers })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  return follow(response)
}

const types = (sent: Sent[]) => sent.map(({ event }) => event.type)

describe('a stream of task events', () => {
  it('tells each change as it happens', async () => {
    const stream = await open(ada)
    const task = await addTask(api, ada)
    await stream.until(1)
    await callTasks(api, 'toggle', { by: ada, id: task.id })
    await stream.until(2)
    await callTasks(api, 'delete', { by: ada, id: task.id })
    await stream.until(3)
    await callTasks(api, 'restore', { by: ada, id: task.id })
    await stream.until(4)
    await callTasks(api, 'delete', { by: ada, id: task.id, query: '?permanent=true' })
    const sent = await stream.until(5)
    expect(types(sent)).toEqual([
      ...['task.created', 'task.updated', 'task.deleted', 'task.updated', 'task.deleted'],
    ])
    expect(sent[0]?.event).toEqual({ type: 'task.created', task })
    expect(sent[4]?.event).toEqual({ type: 'task.deleted', id: task.id })
    await stream.stop()
  })

  it('tells nobody else anything', async () => {
    const [ofAda, ofEve] = [await open(ada), await open(eve)]
    for (let count = 0; count < 5; count += 1) await addTask(api, ada, 'A secret of Ada')
    await addTask(api, eve)
    await Promise.all([ofAda.until(5), ofEve.until(1)])
    await sleep(100)
    expect(ofAda.sent).toHaveLength(5)
    expect(ofEve.sent).toHaveLength(1)
    expect(JSON.stringify(ofEve.sent)).not.toContain('A secret of Ada')
    await Promise.all([ofAda.stop(), ofEve.stop()])
  })

  it('goes on behind the last event that arrived, and misses nothing', async () => {
    const first = await open(ada)
    await addTask(api, ada, 'before')
    const [seen] = await first.until(1)
    await first.stop()
    const gone = await addTask(api, ada, 'gone')
    await callTasks(api, 'delete', { by: ada, id: gone.id, query: '?permanent=true' })
    const kept = await addTask(api, ada, 'kept')
    const second = await open(ada, seen?.id)
    // While any transaction of the server was open, the last event may come once more: decision 9.
    const [next] = await second.until(1)
    const repeated = next?.event.type === 'task.created' ? 1 : 0
    if (repeated === 1) expect(next?.event).toEqual(seen?.event)
    const sent = (await second.until(2 + repeated)).slice(repeated)
    expect(sent.map(({ event }) => event)).toEqual([
      { type: 'task.deleted', id: gone.id },
      { type: 'task.created', task: kept },
    ])
    await addTask(api, ada, 'live')
    expect(await second.until(3 + repeated)).toHaveLength(3 + repeated)
    await second.stop()
  })

  it('loses nothing of a transaction that ends after a later one', async () => {
    const stream = await open(ada)
    const early = await addTask(api, ada, 'early')
    await stream.until(1)
    await api.pool.transaction().execute(async (trx) => {
      await sql`update task set title = 'late', updated_at = now() + interval '1 hour'
        where id = ${early.id}`.execute(forUser(trx, ada.id))
      await addTask(api, ada, 'in between')
      await stream.until(2)
    })
    // As the API does for what it has written itself.
    api.taskFeed.announce(ada.id)
    const sent = await stream.until(3)
    expect(types(sent)).toEqual(['task.created', 'task.created', 'task.updated'])
    await stream.stop()
    // Whoever saw only the second one resumes to the third.
    const resumed = await open(ada, sent[1]?.id)
    expect((await resumed.until(1)).map(({ event }) => event)).toContainEqual(sent[2]?.event)
    await resumed.stop()
  })

  it('brings all of a large import, page by page', async () => {
    const stream = await open(ada)
    const pattern = await addTask(api, eve)
    const tasks = Array.from({ length: 230 }, (_, index) => ({
      ...pattern,
      id: `019aa5b0-0000-7000-8000-${String(index).padStart(12, '0')}`,
    }))
    const body = { version: 1, exportedAt: pattern.createdAt, tasks }
    expect((await callTasks(api, 'import', { by: ada, body })).status).toBe(200)
    const sent = await stream.until(230)
    const ids = sent.map(({ event }) => (event.type === 'task.deleted' ? '' : event.task.id))
    expect(ids).toEqual(tasks.map(({ id }) => id))
    await stream.stop()
  })

  it('ends with its session', async () => {
    const stream = await open(ada)
    const startedAt = performance.now()
    await api.pool.deleteFrom('session').where('id', '=', ada.sessionId).execute()
    await stream.ended
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  it('gives its place back when the client is gone, and there are twenty places', async () => {
    const streams = await Promise.all(Array.from({ length: 20 }, () => open(ada)))
    const refused = await api.send('GET', '/api/tasks/events', { token: ada.token })
    await expectProblem(refused, 'RATE_LIMITED')
    expect(refused.headers.get('retry-after')).toBe('10')
    await (await open(eve)).stop()
    await Promise.all(streams.map((stream) => stream.stop()))
    await (await open(ada)).stop()
  })

  it('takes no place for HEAD', async () => {
    for (let count = 0; count < 30; count += 1) {
      const answer = await api.send('HEAD', '/api/tasks/events', { token: ada.token })
      expect(answer.status).toBe(200)
      expect(await answer.text()).toBe('')
    }
    await (await open(ada)).stop()
  })

  it.each(['0', 'x', '1.x', '999999999999999.00000000-0000-0000-0000-000000000000'])(
    'is refused behind the unknown event %s',
    async (lastEventId) => {
      const headers = { 'last-event-id': lastEventId }
      const answer = await api.send('GET', '/api/tasks/events', { token: ada.token, headers })
      const problem = await expectProblem(answer, 'VALIDATION_FAILED')
      expect(problem.errors).toMatchObject([{ path: ['headers', 'last-event-id'] }])
    },
  )
})

it('a token that runs out ends its stream', async () => {
  let now = Date.now()
  const other = await startTestApi({ clock: () => now })
  try {
    const person = await other.createPerson()
    now += 300_000 + 3_000
    const response = await other.send('GET', '/api/tasks/events', { token: person.token })
    expect(response.status).toBe(200)
    const startedAt = performance.now()
    await follow(response).ended
    expect(performance.now() - startedAt).toBeLessThan(4_000)
  } finally {
    await other.close()
  }
})

describe('two processes', () => {
  it('tell each other within a second, and end their streams when they stop', async () => {
    const environment = apiEnvironment(api.url)
    const [one, two] = await Promise.all([
      startApiProcess(environment),
      startApiProcess(environment),
    ])
    try {
      const call = (port: number, by: Person, path: string, init: RequestInit = {}) =>
        fetch(`http://127.0.0.1:${port}/api/tasks${path}`, {
          ...init,
          headers: { authorization: `Bearer ${by.token}`, 'content-type': 'application/json' },
        })
      const ofAda = follow(await call(one.port, ada, '/events'))
      const ofEve = follow(await call(one.port, eve, '/events'))
      // The feeds of fresh processes are about to connect.
      await sleep(500)
      const startedAt = performance.now()
      const body = JSON.stringify({ title: 'A secret of Ada' })
      expect((await call(two.port, ada, '', { method: 'POST', body })).status).toBe(201)
      const [sent] = await ofAda.until(1)
      expect(sent?.event.type).toBe('task.created')
      expect((sent?.at ?? Number.POSITIVE_INFINITY) - startedAt).toBeLessThan(1_000)
      await sleep(200)
      expect(ofEve.sent).toEqual([])
      one.child.kill('SIGTERM')
      await Promise.all([ofAda.ended, ofEve.ended])
    } finally {
      for (const { child } of [one, two]) child.kill('SIGKILL')
    }
  })
})
