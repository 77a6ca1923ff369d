import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProblem, type ProblemCode, type TaskEvent } from '../index.ts'
import {
  createTendClient,
  type FollowedEvent,
  type FollowTaskEventsOptions,
  ProblemError,
  SessionEndedError,
  UnexpectedAnswerError,
} from './create-tend-client.ts'

const gone: TaskEvent = { type: 'task.deleted', id: '019aa5b0-0000-7000-8000-000000000001' }
const created: TaskEvent = {
  type: 'task.created',
  task: {
    id: '019aa5b0-0000-7000-8000-000000000002',
    title: 'Water the plants',
    description: null,
    isCompleted: false,
    dueDate: null,
    priority: 'none',
    labels: [],
    createdAt: '2026-11-21T09:30:00.000Z',
    updatedAt: '2026-11-21T09:30:00.000Z',
  },
}

type Respond = (response: ServerResponse, request: IncomingMessage) => void

let server: Server
let address: string
let requests: IncomingMessage['headers'][]
let tokens: Respond
/** One answer for each connection; the last one is used again. */
let connections: Respond[]

beforeEach(async () => {
  requests = []
  let issued = 0
  tokens = (response) => {
    issued += 1
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({ accessToken: `token-${issued}`, tokenType: 'Bearer', expiresIn: 300 }),
    )
  }
  server = createServer((request, response) => {
    if (request.url === '/api/auth/token') return tokens(response, request)
    requests.push(request.headers)
    const respond = connections.length > 1 ? connections.shift() : connections[0]
    respond?.(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function problem(code: ProblemCode, headers = {}): Respond {
  return (response) => {
    const body = createProblem(code, { requestId: 'r-1' })
    response.writeHead(body.status, { 'content-type': 'application/problem+json', ...headers })
    response.end(JSON.stringify(body))
  }
}

function stream(...parts: (string | 'end')[]): Respond {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    response.flushHeaders()
    for (const part of parts) part === 'end' ? response.end() : response.write(part)
  }
}

function write(event: TaskEvent, id: string): string {
  return `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

/** Takes so many events, and what ended it before. */
async function follow(count: number, options: FollowTaskEventsOptions = {}) {
  const tend = createTendClient({ webUrl: address, apiUrl: address })
  const events: FollowedEvent[] = []
  for await (const event of tend.followTaskEvents({ firstDelay: 5, ...options })) {
    events.push(event)
    if (events.length === count) break
  }
  return events
}

const open = { type: 'stream.open', isResumed: false }
const resumed = { type: 'stream.open', isResumed: true }
const lost = { type: 'stream.lost', retryIn: expect.any(Number) }

describe('following the tasks', () => {
  it('gives each change, with the access token in the header', async () => {
    connections = [stream(': hello\n\n', write(created, '1'), write(gone, '2'))]
    expect(await follow(3)).toEqual([open, created, gone])
    expect(requests[0]).toMatchObject({
      authorization: 'Bearer token-1',
      accept: 'text/event-stream',
    })
    expect(requests[0]).not.toHaveProperty('last-event-id')
  })

  it('passes over events it does not know', async () => {
    connections = [stream('event: mood.changed\ndata: calm\n\n', write(gone, '2'))]
    expect(await follow(2)).toEqual([open, gone])
  })

  it('connects again after an end, and resumes after the last event', async () => {
    connections = [stream(write(created, '41'), 'end'), stream(write(gone, '42'))]
    expect(await follow(4)).toEqual([open, created, resumed, gone])
    expect(requests[1]).toMatchObject({ 'last-event-id': '41' })
  })

  it('resumes at the place that the server has named, also when nothing has happened there', async () => {
    connections = [stream('retry: 5\nid: 40\n\n', 'end'), stream(write(gone, '42'))]
    expect(await follow(3)).toEqual([open, resumed, gone])
    expect(requests[1]).toMatchObject({ 'last-event-id': '40' })
  })

  it('begins anew when the server does not know the place any more', async () => {
    connections = [
      stream(write(created, '41'), 'end'),
      problem('VALIDATION_FAILED'),
      stream(write(gone, '1')),
    ]
    expect(await follow(5)).toEqual([open, created, lost, open, gone])
    expect(requests[2]).not.toHaveProperty('last-event-id')
  })

  it('connects again when the connection breaks', async () => {
    connections = [
      (response) => {
        stream(write(created, '1'))(response, {} as IncomingMessage)
        setTimeout(() => response.destroy(), 20)
      },
      stream(write(gone, '2')),
    ]
    expect(await follow(5)).toEqual([open, created, lost, resumed, gone])
  })

  it('takes silence for a dead connection, and comments for signs of life', async () => {
    connections = [
      (response) => {
        stream()(response, {} as IncomingMessage)
        const timer = setInterval(() => response.write(': still here\n'), 40)
        setTimeout(() => clearInterval(timer), 400)
        response.on('close', () => clearInterval(timer))
      },
      stream(write(gone, '2')),
    ]
    const startedAt = performance.now()
    expect(await follow(4, { silenceLimit: 150 })).toEqual([open, lost, open, gone])
    expect(performance.now() - startedAt).toBeGreaterThan(450)
  })

  it('replaces a refused token once', async () => {
    connections = [problem('INVALID_TOKEN'), stream(write(gone, '1'))]
    expect(await follow(2)).toEqual([open, gone])
    expect(requests.map(({ authorization }) => authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ])
  })

  it('ends with the session', async () => {
    connections = [stream(write(created, '1'), 'end'), problem('INVALID_TOKEN')]
    const accept = tokens
    tokens = (response, request) =>
      requests.length === 0 ? accept(response, request) : problem('NO_SESSION')(response, request)
    await expect(follow(9)).rejects.toBeInstanceOf(SessionEndedError)
  })

  it('gives up where a new try would not help', async () => {
    connections = [problem('VALIDATION_FAILED')]
    await expect(follow(9)).rejects.toBeInstanceOf(ProblemError)
    connections = [problem('NOT_FOUND')]
    const failure = await follow(9).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProblemError)
    connections = [
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello'),
    ]
    await expect(follow(9)).rejects.toBeInstanceOf(UnexpectedAnswerError)
    connections = [stream('event: task.created\ndata: {"type":"task.created"}\n\n')]
    await expect(follow(9)).rejects.toBeInstanceOf(UnexpectedAnswerError)
    connections = [stream(`data: ${'x'.repeat(1_000_001)}`)]
    await expect(follow(9)).rejects.toBeInstanceOf(UnexpectedAnswerError)
  })

  it('comes back when the server is away, and when it says so', async () => {
    connections = [
      (response) => void response.destroy(),
      (response) => void response.writeHead(502).end('Bad gateway'),
      problem('UNAVAILABLE', { 'retry-after': '1' }),
      stream(write(gone, '1')),
    ]
    const events = await follow(5)
    expect(events).toEqual([lost, lost, { type: 'stream.lost', retryIn: 1000 }, open, gone])
  })

  it('comes back when a proxy says that the web app, which gives the token, is away', async () => {
    const accept = tokens
    connections = [stream(write(gone, '1'))]
    let asked = 0
    tokens = (response, request) => {
      asked += 1
      if (asked > 1) accept(response, request)
      else response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
    }
    expect(await follow(3)).toEqual([lost, open, gone])
  })

  it('ends without an error when asked to, in a stream and in a wait', async () => {
    for (const [respond, last] of [
      [stream(write(created, '1')), created],
      [(response: ServerResponse) => void response.destroy(), lost],
    ] as const) {
      connections = [respond]
      const stop = new AbortController()
      const tend = createTendClient({ webUrl: address, apiUrl: address })
      const events: FollowedEvent[] = []
      for await (const event of tend.followTaskEvents({
        signal: stop.signal,
        firstDelay: 600_000,
      })) {
        events.push(event)
        if (event.type !== 'stream.open') setTimeout(() => stop.abort(), 10)
      }
      expect(events.at(-1)).toEqual(last)
    }
  })

  it('closes the connection when the caller leaves the loop', async () => {
    const closed = new Promise((resolve) => {
      connections = [
        (response, request) => {
          request.on('close', resolve)
          stream(write(gone, '1'))(response, request)
        },
      ]
    })
    await follow(2)
    await closed
  })
})
