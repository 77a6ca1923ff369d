import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, type Person, startTestApi, type TestApi } from '../test-api.ts'

let api: TestApi
let ada: Person

beforeAll(async () => {
  api = await startTestApi()
  ada = await api.createPerson()
})
afterAll(() => api.close())

const missing = '/api/tasks/01900000-0000-7000-8000-000000000000'

async function errorsOf(method: string, path: string, body?: unknown, headers = {}) {
  const response = await api.send(method, path, { token: ada.token, body, headers })
  const { errors } = await expectProblem(response, 'VALIDATION_FAILED')
  return errors?.map(({ path: at, code }) => `${at.join('.')} ${code}`)
}

describe('a body that is not as the contract says', () => {
  it.each<[unknown, string[]]>([
    [{}, ['body.title invalid_type']],
    [{ title: '' }, ['body.title too_small']],
    [{ title: ' \t\n ' }, ['body.title too_small']],
    [{ title: 'x'.repeat(201) }, ['body.title too_big']],
    [{ title: '🪴'.repeat(201) }, ['body.title too_big']],
    [{ title: 'a\0b' }, ['body.title invalid_format']],
    [{ title: 7 }, ['body.title invalid_type']],
    [{ title: ['x'] }, ['body.title invalid_type']],
    [{ title: 'x', description: 'y'.repeat(10_001) }, ['body.description too_big']],
    [{ title: 'x', unknown: 1 }, ['body.unknown unrecognized_key']],
    [{ title: 'x', isCompleted: true }, ['body.isCompleted unrecognized_key']],
    [
      { a: 1, b: 2 },
      ['body.title invalid_type', 'body.a unrecognized_key', 'body.b unrecognized_key'],
    ],
    [[], ['body invalid_type']],
    ['"x"', ['body invalid_type']],
    ['null', ['body invalid_type']],
    ['1e999', ['body invalid_type']],
    ['{"title":1e999}', ['body.title invalid_type']],
    [
      '{"title":"x","description":123456789012345678901234567890}',
      ['body.description invalid_type'],
    ],
    ['{"title":"x","__proto__":{"isAdmin":true}}', ['body.__proto__ unrecognized_key']],
    ['{"title":"x","constructor":{"prototype":{}}}', ['body.constructor unrecognized_key']],
    [`{"title":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, ['body.title invalid_type']],
    [
      `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      ['body.title invalid_type', 'body.a unrecognized_key'],
    ],
  ])('%j', async (body, errors) => {
    expect(await errorsOf('POST', '/api/tasks', body)).toEqual(errors)
  })

  it('names at most fifty errors', async () => {
    const body = Object.fromEntries(Array.from({ length: 3_000 }, (_, key) => [`k${key}`, 0]))
    expect(await errorsOf('POST', '/api/tasks', body)).toHaveLength(50)
  })

  it('takes the last of two equal keys', async () => {
    const body = '{"title":"first","title":"last"}'
    const response = await api.send('POST', '/api/tasks', { token: ada.token, body })
    expect(await response.json()).toMatchObject({ title: 'last' })
  })

  it.each<[unknown, string[]]>([
    [{}, ['body custom']],
    [{ title: null }, ['body.title invalid_type']],
    [{ isCompleted: 'yes' }, ['body.isCompleted invalid_type']],
    [{ id: 'x' }, ['body.id unrecognized_key', 'body custom']],
    [{ title: 'x', updatedAt: 0 }, ['body.updatedAt unrecognized_key']],
  ])('PATCH %j', async (body, errors) => {
    expect(await errorsOf('PATCH', missing, body)).toEqual(errors)
  })
})

describe('a query that is not as the contract says', () => {
  it.each<[string, string[]]>([
    ['limit=0', ['query.limit too_small']],
    ['limit=101', ['query.limit too_big']],
    ['limit=1.5', ['query.limit invalid_union']],
    ['limit=-1', ['query.limit invalid_union']],
    ['limit=', ['query.limit invalid_union']],
    ['limit=1e1', ['query.limit invalid_union']],
    ['limit=99999999999999999999', ['query.limit invalid_union']],
    ['limit=1&limit=2', ['query.limit repeated_key']],
    ['limit=1&%6Cimit=1', ['query.limit repeated_key']],
    ['unknown=1', ['query.unknown unrecognized_key']],
    ['limit[]=1', ['query.limit[] unrecognized_key']],
    ['__proto__=1', ['query.__proto__ unrecognized_key']],
    ['=', ['query. unrecognized_key']],
    ['cursor=', ['query.cursor too_small']],
    [`cursor=${'A'.repeat(2049)}`, ['query.cursor too_big']],
    ['cursor=garbage', ['query.cursor invalid_cursor']],
  ])('%s', async (query, errors) => {
    expect(await errorsOf('GET', `/api/tasks?${query}`)).toEqual(errors)
  })

  it('is refused by a route that takes none', async () => {
    expect(await errorsOf('POST', '/api/tasks?x=1', { title: 'x' })).toEqual([
      'query.x unrecognized_key',
    ])
  })

  it.each(['', '?', '?&', '?limit=100'])('is fine when it is "%s"', async (query) => {
    const response = await api.send('GET', `/api/tasks${query}`, { token: ada.token })
    expect(response.status).toBe(200)
  })
})

describe('an id that is not one', () => {
  it.each(['1', 'x', '%00', '%F0%9F%AA%B4', `${missing.slice(11)}0`, "'--", '..%2F..'])(
    '%s',
    async (id) => {
      expect(await errorsOf('GET', `/api/tasks/${id}`)).toEqual(['params.id invalid_format'])
    },
  )

  it('is named together with all else that is wrong', async () => {
    const headers = { 'if-match': 'x'.repeat(1025) }
    expect(await errorsOf('PATCH', '/api/tasks/x?y=1', { title: '' }, headers)).toEqual([
      'params.id invalid_format',
      'query.y unrecognized_key',
      'headers.if-match too_big',
      'body.title too_small',
    ])
  })
})
