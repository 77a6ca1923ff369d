import { once } from 'node:events'
import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { taskETag, taskSchema } from '@tend/contracts'
import { createLogger } from '@tend/runtime/logger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, startTestApi, type TestApi } from '../test-api.ts'
import { chooseCoding } from './compress-answer.ts'
import { createHttpServer } from './create-http-server.ts'
import { listenLocally } from './test-raw-request.ts'

describe('the coding of an answer', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['deflate, zstd', null],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0.9, br;q=0.8', 'gzip'],
    ['br;q=0.5, gzip;q=0.5', 'br'],
    ['*', 'br'],
    ['*, br;q=0', 'gzip'],
    ['*;q=0', null],
    ['gzip;q=0', null],
    ['identity;q=1, gzip;q=0.5', null],
    ['identity;q=0.5, gzip;q=0.5', 'gzip'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
  ])('for %j is %s', (acceptEncoding, coding) => {
    expect(chooseCoding(acceptEncoding)).toBe(coding)
  })

  it('is one that is offered', () => {
    expect(chooseCoding('gzip, br', ['gzip'])).toBe('gzip')
    expect(chooseCoding('br', ['gzip'])).toBeNull()
  })
})

const decoders = { br: brotliDecompressSync, gzip: gunzipSync }

let api: TestApi
let ada: Person

beforeAll(async () => {
  api = await startTestApi()
  ada = await api.createPerson()
  for (let count = 0; count < 30; count += 1) {
    await create({ title: `Task ${count}`, description: 'The ones by the window, too. '.repeat(9) })
  }
})
afterAll(() => api.close())

function create(body: object) {
  return api.send('POST', '/api/tasks', { token: ada.token, body })
}

function send(path: string, acceptEncoding?: string, method = 'GET') {
  const headers = acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding }
  return api.send(method, path, { token: ada.token, headers })
}

async function decode(response: Response, coding: keyof typeof decoders): Promise<string> {
  expect(response.headers.get('content-encoding')).toBe(coding)
  return decoders[coding](await response.arrayBuffer()).toString()
}

describe.each(['br', 'gzip'] as const)('an answer in %s', (coding) => {
  it('says the same as one that is not compressed, in much fewer bytes', async () => {
    const plain = await send('/api/tasks')
    expect(plain.headers.get('content-encoding')).toBeNull()
    const text = await plain.text()
    const compressed = await send('/api/tasks', coding)
    expect(compressed.headers.get('content-type')).toBe('application/json')
    expect((await compressed.clone().arrayBuffer()).byteLength).toBeLessThan(text.length / 3)
    expect(await decode(compressed, coding)).toBe(text)
    for (const { headers } of [plain, compressed]) {
      expect(headers.get('vary')).toBe('Origin, Accept-Encoding')
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  it.each(['json', 'csv'])('is one of an export as %s, too', async (format) => {
    const path = `/api/tasks/export?format=${format}`
    const withoutTime = (text: string) => text.replace(/"exportedAt":"[^"]+"/, '')
    const plain = withoutTime(Buffer.from(await (await send(path)).arrayBuffer()).toString())
    const compressed = await send(path, coding)
    expect(compressed.headers.get('vary')).toBe('Origin, Accept-Encoding')
    expect(withoutTime(await decode(compressed, coding))).toBe(plain)
  })

  it('has the same headers for HEAD', async () => {
    for (const path of ['/api/tasks', '/api/tasks/export?format=json']) {
      const head = await send(path, coding, 'HEAD')
      expect(head.headers.get('content-encoding')).toBe(coding)
      expect(await head.text()).toBe('')
    }
  })
})

describe('an answer is left as it is', () => {
  it('when it is small', async () => {
    const response = await send('/api/tasks?limit=1', 'br, gzip')
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(response.headers.get('vary')).toBe('Origin')
  })

  it('when it is one task, whose strong entity tag names its bytes', async () => {
    const answer = await create({ title: 'Long', description: 'x'.repeat(9_000) })
    const task = taskSchema.parse(await answer.json())
    const response = await send(`/api/tasks/${task.id}`, 'br, gzip')
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(response.headers.get('etag')).toBe(taskETag(task))
    expect(await response.json()).toEqual(task)
  })

  it('when it is a problem', async () => {
    const query = Array.from({ length: 60 }, (_, index) => `unknown-parameter-${index}=1`).join('&')
    const response = await send(`/api/tasks?${query}`, 'gzip')
    expect(response.status).toBe(422)
    expect(response.headers.get('content-encoding')).toBeNull()
    expect((await response.text()).length).toBeGreaterThan(4_096)
  })

  it('when it is a stream of events', async () => {
    const response = await send('/api/tasks/events', 'br, gzip')
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(response.headers.get('vary')).toBe('Origin')
    await response.body?.cancel()
  })
})

it('a client that leaves a compressed export in the middle keeps nothing busy', async () => {
  const log = createLogger({ name: 'test', level: 'silent' })
  const server = createHttpServer(api.app, { log, headers: {} })
  const port = await listenLocally(server)
  for (let count = 0; count < 20; count += 1) {
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `GET /api/tasks/export?format=json HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br\r\nAuthorization: Bearer ${ada.token}\r\n\r\n`,
    )
    await once(socket, 'data')
    socket.destroy()
  }
  expect((await send('/api/tasks')).status).toBe(200)
  server.close()
})
