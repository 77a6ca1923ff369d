import { accessTokenKeyId } from '@tend/contracts/access-token'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectProblem, startTestApi, type TestApi } from '../test-api.ts'
import { forgeries, makeTokenOfLength } from './test-forgeries.ts'
import { encode, makeToken, previousSecret, timeToLive } from './test-tokens.ts'

let api: TestApi

beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())
beforeEach(() => {
  api.counted.queries = 0
  api.lines.length = 0
})

/** The one answer to all of them, and nothing asked of the database. */
async function expectRefusal(response: Response, reason: string): Promise<void> {
  const problem = await expectProblem(response, 'INVALID_TOKEN')
  expect(problem).toEqual({
    type: 'urn:problem-type:tend:invalid-token',
    title: 'The access token was refused',
    status: 401,
    code: 'INVALID_TOKEN',
    requestId: problem.requestId,
  })
  expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  expect(api.counted.queries).toBe(0)
  expect(api.lines[0]).toMatchObject({ event: 'auth.token.refused', level: 'warn', reason })
}

describe('a request is refused, with one answer and no query, when its token has', () => {
  const table = Object.entries(forgeries).flatMap(([reason, rows]) =>
    rows.map(([name, make]) => ({ reason, name, make })),
  )
  it.each(table)('$name ($reason)', async ({ make, reason }) => {
    await expectRefusal(await api.send('GET', '/api/tasks', { token: await make() }), reason)
  })
})

describe('a request is refused, with one answer and no query, when it carries', () => {
  const bearer = () => `Bearer ${makeToken()}`
  it.each<[string, () => Record<string, string>]>([
    ['nothing', () => ({})],
    ['an empty header', () => ({ authorization: '' })],
    ['the scheme alone', () => ({ authorization: 'Bearer' })],
    ['the scheme and a space', () => ({ authorization: 'Bearer ' })],
    ['the token alone', () => ({ authorization: makeToken() })],
    ['another scheme', () => ({ authorization: `Token ${makeToken()}` })],
    ['Basic', () => ({ authorization: `Basic ${encode('ada:secret')}` })],
    ['DPoP', () => ({ authorization: `DPoP ${makeToken()}` })],
    ['a colon after the scheme', () => ({ authorization: `Bearer: ${makeToken()}` })],
    ['no space after the scheme', () => ({ authorization: `Bearer${makeToken()}` })],
    ['a tab after the scheme', () => ({ authorization: `Bearer\t${makeToken()}` })],
    ['a good token in a cookie', () => ({ cookie: `access_token=${makeToken()}` })],
    ['a good token in other headers', () => ({ 'proxy-authorization': bearer(), token: bearer() })],
  ])('%s', async (_name, headers) => {
    await expectRefusal(await api.send('GET', '/api/tasks', { headers: headers() }), 'no_token')
  })

  it.each(['access_token', 'token', 'authorization'])(
    'a good token as the query key %s',
    async (key) => {
      const query = new URLSearchParams({ [key]: makeToken() })
      await expectRefusal(await api.send('GET', `/api/tasks?${query}`), 'no_token')
    },
  )

  it('a good token in a form', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = `access_token=${makeToken()}`
    await expectRefusal(await api.send('POST', '/api/tasks', { body, headers }), 'no_token')
  })
})

describe('a good token', () => {
  async function expectAdmission(token: string): Promise<void> {
    const response = await api.send('GET', '/api/tasks', { token })
    expect(response.status).toBe(200)
    expect(response.headers.has('www-authenticate')).toBe(false)
    // The control of the count: a request that is let in asks the database.
    expect(api.counted.queries).toBeGreaterThan(0)
  }

  it('is admitted', () => expectAdmission(makeToken()))
  it('is admitted when it has exactly 4,096 characters', () =>
    expectAdmission(makeTokenOfLength(4096)))
  it('is admitted with claims that are not ours', () =>
    expectAdmission(makeToken({ claims: { roles: [{ name: 'a' }], 'a "quoted": name': ':"' } })))
  it('is admitted when the previous secret signed it', async () =>
    expectAdmission(
      makeToken({ key: previousSecret, header: { kid: await accessTokenKeyId(previousSecret) } }),
    ))

  it.each([
    ['4 s ahead', 4],
    ['4 s behind', -4 - timeToLive],
  ])('is admitted from an issuer whose clock is %s', (_name, offset) => {
    const iat = Math.floor(Date.now() / 1000) + offset
    return expectAdmission(makeToken({ claims: { iat, exp: iat + timeToLive } }))
  })

  it.each(['bearer', 'BEARER', 'bEaReR'])('is admitted under the scheme %s', async (scheme) => {
    const headers = { authorization: `${scheme} ${makeToken()}` }
    expect((await api.send('GET', '/api/tasks', { headers })).status).toBe(200)
  })
})

describe('a refusal', () => {
  it('comes before the body is read', async () => {
    let pulls = 0
    const pull = (controller: ReadableStreamDefaultController) => {
      pulls += 1
      controller.enqueue(new Uint8Array(1024))
    }
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
    const init = { method: 'POST', headers, body, duplex: 'half' } as const
    await expectRefusal(await api.app.request('/api/tasks', init), 'no_token')
    expect(pulls).toBe(0)
  })

  it('is one line in the log, without the token', async () => {
    const token = makeToken({ claims: { aud: 'http://other-api.test' } })
    await api.send('GET', '/api/tasks', { token })
    const [refusal, request, ...others] = api.lines
    expect(others).toEqual([])
    expect(refusal).toMatchObject({ route: '/api/tasks', requestId: request?.requestId })
    const text = JSON.stringify(api.lines)
    for (const segment of token.split('.')) expect(text).not.toContain(segment)
  })
})
