import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, type Person, startTestApi, type TestApi } from '../test-api.ts'
import { MAX_BODY_BYTES } from './read-json-body.ts'

let api: TestApi
let ada: Person

beforeAll(async () => {
  api = await startTestApi()
  ada = await api.createPerson()
})
afterAll(() => api.close())

const post = (body: string | Uint8Array | undefined, headers?: Record<string, string>) =>
  api.send('POST', '/api/tasks', { token: ada.token, body, ...(headers && { headers }) })

describe('a body that is not JSON', () => {
  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['white space', ' \n'],
    ['a cut object', '{"title":"x"'],
    ['single quotes', "{'title':'x'}"],
    ['a comment', '{"title":"x"} // y'],
    ['two values', '{"title":"x"}{}'],
    ['a trailing comma', '{"title":"x",}'],
    ['NaN', '{"title":NaN}'],
    ['a control character in a string', '{"title":"a\u0001b"}'],
    ['a byte that is no UTF-8', Buffer.from('{"title":"\xff"}', 'latin1')],
    ['Latin-1', Buffer.from('{"title":"Caf\xe9"}', 'latin1')],
    ['an overlong encoding', Buffer.from('{"title":"\xc0\xaf"}', 'latin1')],
    ['half of a surrogate pair in UTF-8', Buffer.from('{"title":"\xed\xa0\x80"}', 'latin1')],
    ['a cut character', Buffer.from('{"title":"\xf0\x9f\xaa', 'latin1')],
    ['UTF-16', Buffer.from('{"title":"x"}', 'utf16le')],
    ['the first half of a surrogate pair', '{"title":"\\ud83e"}'],
    ['the second half of a surrogate pair', '{"title":"\\udeb4"}'],
    ['a surrogate pair the wrong way round', '{"title":"\\udeb4\\ud83e"}'],
    ['a lone surrogate in a key', '{"title":"x","\\uD800":1}'],
    ['a lone surrogate deep inside', '{"title":"x","a":[{"b":"\\ud800"}]}'],
    ['a lone surrogate after an escaped backslash', '{"title":"\\\\\\ud800"}'],
  ])('(%s) is 400', async (_name, body) => {
    await expectProblem(await post(body), 'MALFORMED_REQUEST')
  })
})

describe('an escape', () => {
  it.each([
    ['of a whole surrogate pair', '\\ud83e\\udeb4', '🪴'],
    ['of a backslash before what looks like one', '\\\\ud800', '\\ud800'],
    ['in capital letters', '\\u00E9', 'é'],
  ])('%s is read', async (_name, escaped, title) => {
    const response = await post(`{"title":"${escaped}"}`)
    expect(await response.json()).toMatchObject({ title })
  })
})

describe('a media type', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/json ; version=1',
  ])('%s is taken', async (contentType) => {
    expect((await post('{"title":"x"}', { 'content-type': contentType })).status).toBe(201)
  })

  it.each([
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json-patch+json',
    'text/json',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json, text/plain',
  ])('"%s" is refused', async (contentType) => {
    const response = await post('{"title":"x"}', { 'content-type': contentType })
    await expectProblem(response, 'UNSUPPORTED_MEDIA_TYPE')
  })

  it('with a content encoding is refused', async () => {
    const response = await post('{"title":"x"}', { 'content-encoding': 'gzip' })
    await expectProblem(response, 'UNSUPPORTED_MEDIA_TYPE')
  })
})

describe('a body of 64 kB', () => {
  const padded = (size: number) => '{"title":"x"}'.padEnd(size)

  it('is taken', async () => {
    expect((await post(padded(MAX_BODY_BYTES))).status).toBe(201)
  })

  it.each<[string, Record<string, string>]>([
    ['of unknown length', { 'transfer-encoding': 'chunked' }],
    ['of declared length', { 'content-length': String(MAX_BODY_BYTES + 1) }],
  ])('and a byte, %s, is 413 and ends the connection', async (_name, headers) => {
    const response = await post(padded(MAX_BODY_BYTES + 1), headers)
    await expectProblem(response, 'BODY_TOO_LARGE')
    expect(response.headers.get('connection')).toBe('close')
  })
})

describe('a route that takes no body', () => {
  const toggle = (body: string, headers?: Record<string, string>) =>
    api.send('POST', '/api/tasks/01900000-0000-7000-8000-000000000000/toggle', {
      token: ada.token,
      body,
      ...(headers && { headers }),
    })

  it.each([
    ['nothing', '', undefined],
    ['nothing of another type', '', { 'content-type': 'text/plain' }],
    ['an empty object', ' {} ', undefined],
  ])('takes %s', async (_name, body, headers) => {
    await expectProblem(await toggle(body, headers), 'TASK_NOT_FOUND')
  })

  it.each(['{"isCompleted":true}', '[]', 'null', '""', '0'])('refuses %s', async (body) => {
    const problem = await expectProblem(await toggle(body), 'VALIDATION_FAILED')
    expect(problem.errors?.[0]?.path[0]).toBe('body')
  })
})
