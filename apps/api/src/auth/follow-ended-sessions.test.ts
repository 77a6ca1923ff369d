import { setTimeout as sleep } from 'node:timers/promises'
import { createLogger } from '@tend/runtime/logger'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { expectProblem, type Person, startTestApi, type TestApi } from '../test-api.ts'
import { type ApiProcess, apiEnvironment, startApiProcess } from '../test-api-process.ts'
import { layTestCable, type TestCable } from '../test-cable.ts'
import { followEndedSessions } from './follow-ended-sessions.ts'
import { timeToLive } from './test-tokens.ts'

// OWASP ASVS 5.0, 7.4.1: once a session has ended, nothing that came of it is of any use.

const PROMISE = 2_000

const silentLog = createLogger({ name: 'test', level: 'silent' })

let api: TestApi

beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

async function endSession({ sessionId }: Person): Promise<void> {
  await api.pool.deleteFrom('session').where('id', '=', sessionId).execute()
}

describe('the token of a session that ended', () => {
  it('is refused like any other bad token, and the log says why', async () => {
    const ada = await api.createPerson()
    expect((await api.send('GET', '/api/tasks', ada)).status).toBe(200)
    await endSession(ada)
    await vi.waitFor(
      async () => expectProblem(await api.send('GET', '/api/tasks', ada), 'INVALID_TOKEN'),
      { timeout: PROMISE },
    )
    expect(api.lines.findLast((line) => line.event === 'auth.token.refused')).toMatchObject({
      reason: 'session_ended',
    })
  })

  it('is refused when the whole account goes', async () => {
    const ada = await api.createPerson()
    await api.pool.deleteFrom('user').where('id', '=', ada.id).execute()
    await vi.waitFor(
      async () => expect((await api.send('GET', '/api/tasks', ada)).status).toBe(401),
      { timeout: PROMISE },
    )
  })

  it('leaves the other sessions of the person and everybody else alone', async () => {
    const [ada, eve] = [await api.createPerson(), await api.createPerson()]
    await endSession(ada)
    await vi.waitFor(
      async () => expect((await api.send('GET', '/api/tasks', ada)).status).toBe(401),
      { timeout: PROMISE },
    )
    expect((await api.send('GET', '/api/tasks', eve)).status).toBe(200)
  })

  it('still works while the end is rolled back', async () => {
    const ada = await api.createPerson()
    const rollback = api.pool.transaction().execute(async (trx) => {
      await trx.deleteFrom('session').where('id', '=', ada.sessionId).execute()
      throw new Error('never mind')
    })
    await expect(rollback).rejects.toThrow('never mind')
    const left = await api.pool
      .selectFrom('ended_session')
      .where('session_id', '=', ada.sessionId)
      .execute()
    expect(left).toHaveLength(0)
    expect((await api.send('GET', '/api/tasks', ada)).status).toBe(200)
  })
})

it('costs a request no query of its own', async () => {
  const ada = await api.createPerson()
  await api.send('GET', '/api/tasks', ada)
  const before = api.counted.queries
  for (let count = 0; count < 20; count += 1) await api.send('GET', '/api/tasks', ada)
  expect(api.counted.queries - before).toBe(20)
})

it('asks the database, and refuses at once, while announcements may be missing', async () => {
  const ada = await api.createPerson()
  await api.send('GET', '/api/tasks', ada)
  const clock = vi.spyOn(performance, 'now').mockReturnValue(Number.MAX_SAFE_INTEGER)
  try {
    expect(api.endedSessions.isUpToDate()).toBe(false)
    expect((await api.send('GET', '/api/tasks', ada)).status).toBe(200)
    await endSession(ada)
    expect((await api.send('GET', '/api/tasks', ada)).status).toBe(401)
  } finally {
    clock.mockRestore()
  }
})

describe('while announcements are lost on the way', () => {
  let cable: TestCable
  const started: ApiProcess[] = []

  beforeEach(async () => {
    cable = await layTestCable(api.url)
  })
  afterEach(() => {
    cable.close()
    for (const { child } of started.splice(0)) child.kill('SIGKILL')
  })

  it('whoever waits for the end of a session is told of it, and nobody else', async () => {
    const [ada, eve] = [await api.createPerson(), await api.createPerson()]
    const options = { db: api.pool, databaseUrl: cable.url, timeToLive, log: silentLog }
    const sessions = followEndedSessions(options)
    const told: string[] = []
    await vi.waitFor(() => expect(sessions.isUpToDate()).toBe(true), { timeout: 5_000 })
    sessions.onEnded(ada.sessionId, () => told.push('ada'))
    sessions.onEnded(eve.sessionId, () => told.push('eve'))
    cable.swallow()
    await endSession(ada)
    await vi.waitFor(() => expect(told).toEqual(['ada']), { timeout: PROMISE })
    await sleep(500)
    expect(told).toEqual(['ada'])
    await sessions.stop()
  })

  it('a stream ends within two seconds also when the whole database is out of reach', async () => {
    const ada = await api.createPerson()
    const process = await startApiProcess(apiEnvironment(cable.url))
    started.push(process)
    const answer = await fetch(`http://127.0.0.1:${process.port}/api/tasks/events`, {
      headers: { authorization: `Bearer ${ada.token}` },
    })
    expect(answer.status).toBe(200)
    const end = answer.text().then(() => 'the stream ended')
    cable.swallow()
    await endSession(ada)
    expect(await Promise.race([end, sleep(PROMISE, 'the stream goes on')])).toBe('the stream ended')
  })
})

describe('two API processes', () => {
  let processes: ApiProcess[]

  beforeAll(async () => {
    const environment = apiEnvironment(api.url)
    processes = await Promise.all([startApiProcess(environment), startApiProcess(environment)])
  })
  afterAll(() => {
    for (const { child } of processes) child.kill('SIGKILL')
  })

  function readStatuses({ token }: Person): Promise<number[]> {
    const headers = { authorization: `Bearer ${token}` }
    return Promise.all(
      processes.map(async ({ port }) => {
        const answer = await fetch(`http://127.0.0.1:${port}/api/tasks`, { headers })
        await answer.arrayBuffer()
        return answer.status
      }),
    )
  }

  it('both refuse within two seconds of the end', async () => {
    const ada = await api.createPerson()
    expect(await readStatuses(ada)).toEqual([200, 200])
    await endSession(ada)
    await vi.waitFor(async () => expect(await readStatuses(ada)).toEqual([401, 401]), {
      timeout: PROMISE,
    })
  })

  it('learn of an end that they could not hear, as soon as they listen again', async () => {
    const ada = await api.createPerson()
    expect(await readStatuses(ada)).toEqual([200, 200])
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'tend-listen' and datname = current_database()`.execute(api.pool)
    await endSession(ada)
    await vi.waitFor(async () => expect(await readStatuses(ada)).toEqual([401, 401]), {
      timeout: PROMISE,
    })
  })

  it('know an end from before their own start', async () => {
    const ada = await api.createPerson()
    await endSession(ada)
    const late = await startApiProcess(apiEnvironment(api.url))
    processes.push(late)
    const headers = { authorization: `Bearer ${ada.token}` }
    const answer = await fetch(`http://127.0.0.1:${late.port}/api/tasks`, { headers })
    expect(answer.status).toBe(401)
  })
})
