import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, type Person, startTestApi, type TestApi } from '../test-api.ts'
import { apiEnvironment, startApiProcess } from '../test-api-process.ts'
import { createAdmission } from './create-admission.ts'

let api: TestApi
let ada: Person

beforeAll(async () => {
  api = await startTestApi({ admission: createAdmission({ atOnce: 5 }) })
  ada = await api.createPerson()
})
afterAll(() => api.close())

/** Does some work while every query on tasks has to wait. */
async function whileTasksAreSlow<Result>(work: () => Promise<Result>): Promise<Result> {
  return api.pool.transaction().execute(async (trx) => {
    await sql`lock table task in access exclusive mode`.execute(trx)
    return work()
  })
}

const list = () => api.send('GET', '/api/tasks', { token: ada.token })

describe('more requests than are handled at once', () => {
  it('are turned away immediately with a time to come back, and health is answered', async () => {
    const { waiting } = await whileTasksAreSlow(async () => {
      const first = Array.from({ length: 5 }, list)
      const startedAt = performance.now()
      const refused = await Promise.all(Array.from({ length: 20 }, list))
      expect(performance.now() - startedAt).toBeLessThan(1_000)
      for (const response of refused) {
        expect(response.headers.get('retry-after')).toBe('1')
        await expectProblem(response, 'UNAVAILABLE')
      }
      expect((await api.send('GET', '/health/live')).status).toBe(200)
      return { waiting: Promise.all(first) }
    })
    for (const response of await waiting) expect(response.status).toBe(200)
    expect((await list()).status).toBe(200)
  })

  it('give their place back however they end', async () => {
    for (let count = 0; count < 20; count += 1) {
      await api.send('GET', '/api/tasks')
      await api.send('GET', '/nothing')
      await api.send('POST', '/api/tasks', { token: ada.token, body: '{' })
    }
    expect((await list()).status).toBe(200)
  })

  it('give it back even when something is thrown that is no error', async () => {
    const broken = await startTestApi({
      admission: createAdmission({ atOnce: 1 }),
      verifier: { verify: () => Promise.reject('not an error') },
    })
    const token = ada.token
    for (let count = 0; count < 2; count += 1) {
      await expect(broken.send('GET', '/api/tasks', { token })).rejects.toBe('not an error')
    }
    expect((await broken.send('GET', '/nothing')).status).toBe(404)
    await broken.close()
  })

  it('do not count streams that are open', async () => {
    const streams = await Promise.all(
      Array.from({ length: 5 }, () => api.send('GET', '/api/tasks/events', { token: ada.token })),
    )
    expect((await list()).status).toBe(200)
    await Promise.all(streams.map((stream) => stream.body?.cancel()))
  })
})

describe('a process whose database is slow', () => {
  it('answers 503 with a time to come back within about a second, instead of a pile of waiting requests', async () => {
    const { child, port } = await startApiProcess(apiEnvironment(api.url))
    try {
      const ask = async (path: string) => {
        const startedAt = performance.now()
        const headers = { authorization: `Bearer ${ada.token}` }
        const { status, headers: answered } = await fetch(`http://127.0.0.1:${port}${path}`, {
          headers,
        })
        const retryAfter = answered.get('retry-after')
        return { status, retryAfter, time: performance.now() - startedAt }
      }
      const { waiting } = await whileTasksAreSlow(async () => {
        const all = Array.from({ length: 100 }, () => ask('/api/tasks'))
        // Ten hold the connections of the pool. The others are told in time.
        const refused = new Promise((resolve) => {
          let count = 0
          for (const one of all) {
            one.then(() => {
              count += 1
              if (count === 90) resolve(count)
            })
          }
        })
        const live = await ask('/health/live')
        expect(live).toMatchObject({ status: 200 })
        expect(live.time).toBeLessThan(1_000)
        await refused
        return { waiting: Promise.all(all) }
      })
      const answers = await waiting
      const refused = answers.filter(({ status }) => status === 503)
      expect(refused).toHaveLength(90)
      for (const { retryAfter, time } of refused) {
        expect(retryAfter).toBe('2')
        expect(time).toBeLessThan(2_000)
      }
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
      expect(await ask('/api/tasks')).toMatchObject({ status: 200 })
    } finally {
      child.kill('SIGKILL')
    }
  })
})
