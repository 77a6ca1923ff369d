import { connectDatabase } from '@tend/database/connect-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, startTestApi, type TestApi } from '../../test-api.ts'
import { createReadiness } from './create-readiness.ts'

let api: TestApi

beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

describe('the health of a process', () => {
  it.each(['live', 'ready'])('is %s, without a token', async (name) => {
    const response = await api.send('GET', `/health/${name}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: name })
  })

  it('is live but not ready while the database is away', async () => {
    const away = connectDatabase('postgres://nobody:x@127.0.0.1:1/none', { timestamps: 'iso' })
    const cutOff = await startTestApi({ readiness: createReadiness(away) })
    expect((await cutOff.send('GET', '/health/live')).status).toBe(200)
    const response = await cutOff.send('GET', '/health/ready')
    await expectProblem(response, 'UNAVAILABLE')
    expect(response.headers.get('retry-after')).toBe('2')
    await cutOff.close()
    await away.destroy()
  })

  it('is not ready once the process is about to stop', async () => {
    const readiness = createReadiness(api.pool)
    const stopping = await startTestApi({ readiness })
    expect((await stopping.send('GET', '/health/ready')).status).toBe(200)
    readiness.close()
    await expectProblem(await stopping.send('GET', '/health/ready'), 'UNAVAILABLE')
    expect((await stopping.send('GET', '/health/live')).status).toBe(200)
    await stopping.close()
  })

  it('asks the database once, however many ask at the same time', async () => {
    let queries = 0
    const counted = api.pool.withPlugin({
      transformQuery({ node }) {
        queries += 1
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const readiness = createReadiness(counted)
    const answers = await Promise.all(Array.from({ length: 50 }, () => readiness.isReady()))
    expect(answers.every(Boolean)).toBe(true)
    expect(queries).toBe(1)
    expect(await readiness.isReady()).toBe(true)
    expect(queries).toBe(2)
  })

  it('is not ready when the database takes more than 2 s', async () => {
    const slow = api.pool.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        await new Promise((resolve) => setTimeout(resolve, 2500))
        return result
      },
    })
    expect(await createReadiness(slow).isReady()).toBe(false)
  })
})
