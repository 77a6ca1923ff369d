import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../test-api.ts'
import { type ApiProcess, apiEnvironment, startApiProcess } from '../test-api-process.ts'

const limit = 300

let api: TestApi
let processes: ApiProcess[]

beforeAll(async () => {
  api = await startTestApi()
})
beforeEach(async () => {
  const environment = { ...apiEnvironment(api.url), RATE_LIMIT_PER_MINUTE: String(limit) }
  processes = await Promise.all([startApiProcess(environment), startApiProcess(environment)])
})
afterEach(() => {
  for (const { child } of processes) child.kill('SIGKILL')
})
afterAll(() => api.close())

/** Sends requests until twenty are refused, and gives the number of those that were not, and the headers of the last answers. */
async function exhaust({ port }: ApiProcess, token: string) {
  let allowed = 0
  let refused = 0
  let last = new Headers()
  const client = async () => {
    while (refused < 20) {
      const response = await fetch(`http://127.0.0.1:${port}/api/tasks?limit=1`, {
        headers: { authorization: `Bearer ${token}` },
      })
      await response.arrayBuffer()
      if (response.status === 200) allowed += 1
      else if (response.status === 429) refused += 1
      else throw new Error(`${response.status} is no answer to this`)
      last = response.headers
    }
  }
  await Promise.all(Array.from({ length: 8 }, client))
  return { allowed, last }
}

describe('the limit on requests of two processes', () => {
  it('lets through no more than a tenth too many, however the requests are spread', async () => {
    const { token } = await api.createPerson()
    const answers = await Promise.all(processes.map((each) => exhaust(each, token)))
    const allowed = answers.reduce((sum, answer) => sum + answer.allowed, 0)
    expect(allowed).toBeGreaterThanOrEqual(limit)
    expect(allowed).toBeLessThanOrEqual(limit * 1.1)
    for (const { last } of answers) {
      expect(last.get('ratelimit')).toMatch(/^"user";r=0;t=(?:[1-5]?\d|60)$/)
      expect(Number(last.get('retry-after'))).toBeLessThanOrEqual(60)
    }
  })

  it('holds in the second one when the first is used up', async () => {
    const { token } = await api.createPerson()
    const [one, two] = processes
    if (one === undefined || two === undefined) throw new Error('There are two')
    expect((await exhaust(one, token)).allowed).toBeLessThanOrEqual(limit)
    expect((await exhaust(two, token)).allowed).toBeLessThanOrEqual(limit * 0.1)
  })

  it('is one for each user', async () => {
    const [one] = processes
    const [ada, eve] = [await api.createPerson(), await api.createPerson()]
    if (one === undefined) throw new Error('There are two')
    await exhaust(one, ada.token)
    const answer = await fetch(`http://127.0.0.1:${one.port}/api/tasks`, {
      headers: { authorization: `Bearer ${eve.token}` },
    })
    expect(answer.headers.get('ratelimit')).toBe(`"user";r=${limit - 1};t=60`)
  })
})
