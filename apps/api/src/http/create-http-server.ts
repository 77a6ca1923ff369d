import { randomUUID } from 'node:crypto'
import { createServer, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener, RequestError } from '@hono/node-server'
import { createProblem, PROBLEM_MEDIA_TYPE, type ProblemCode } from '@tend/contracts'
import type { Logger } from '@tend/runtime/logger'
import type { Hono } from 'hono'
import type { ApiEnv } from './request-scope.ts'

/** Limits on what a connection may take, in milliseconds and bytes (OWASP API4:2023). */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
  // Longer than the 60 s after which most proxies drop an idle connection, so that it is the proxy that drops it.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
}

/**
 * How long nothing may move on a connection with a request, in milliseconds: a reader that takes nothing of a stream is cut off then,
 * instead of keeping it for good.
 */
const longestStandstill = 60_000

type ServerContext = { log: Logger; headers: Record<string, string> }

/**
 * Puts the app behind Node's HTTP server. What Node refuses by itself, before there is a request to handle, is
 * answered with problem details as well: 400, 408 and 431.
 */
export function createHttpServer(app: Hono<ApiEnv>, { log, headers }: ServerContext): Server {
  const listener = getRequestListener(app.fetch, {
    errorHandler(error) {
      // The app answers its own errors: what arrives here is a request line or Host that is no URL.
      const code = error instanceof RequestError ? 'MALFORMED_REQUEST' : 'INTERNAL_ERROR'
      if (code === 'INTERNAL_ERROR') log.error({ err: error }, 'a request failed outside the app')
      const { status, body, fields } = describeProblem(code, headers)
      return new Response(body, { status, headers: fields })
    },
  })
  const server = createServer({ ...limits, requireHostHeader: false }, listener)
  server.setTimeout(longestStandstill)
  answerUnreadableRequests(server, { log, headers })
  // RFC 9110, section 10.1.1: an expectation that is not known may be passed over.
  server.on('checkExpectation', (request, answer) => server.emit('request', request, answer))
  return server
}

/** Answers what Node cannot read, or would close a connection on, unless the connection is in the middle of an answer. */
function answerUnreadableRequests(server: Server, { log, headers }: ServerContext): void {
  const lastAnswers = rememberLastAnswers(server)
  const ending = new WeakSet<Duplex>()
  const refuse = (socket: Duplex, reason: string | undefined) => {
    const address = socket instanceof Socket ? socket.remoteAddress : undefined
    log.info({ reason, address }, 'a request could not be read')
    const code = problemByError[reason ?? ''] ?? 'MALFORMED_REQUEST'
    socket.end(renderProblem(code, headers), () => socket.destroy())
  }
  const endAfter = (answer: ServerResponse, socket: Duplex) => {
    // Node complains of every further packet.
    if (ending.has(socket)) return
    ending.add(socket)
    answer.once('close', () => socket.destroy())
  }
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = lastAnswers.get(socket)
    const isAnswering = answer !== undefined && !answer.writableFinished
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else if (!isAnswering) refuse(socket, error.code)
    // What cannot be read came behind a request that is whole: its answer is the last one here.
    else if (answer.req.complete) endAfter(answer, socket)
    // It is the body that cannot be read. Nothing may be said in the middle of an answer, or ahead of those to earlier requests.
    else if (answer.headersSent || answer.socket === null) socket.destroy()
    else refuse(socket, error.code)
  })
  server.on('connect', (_request, socket) => {
    // Node has let go of it.
    socket.on('error', () => socket.destroy())
    refuse(socket, 'CONNECT')
  })
}

/** The answer to the latest request of each connection; a client may send many without waiting. */
function rememberLastAnswers(server: Server): WeakMap<Duplex, ServerResponse> {
  const lastAnswers = new WeakMap<Duplex, ServerResponse>()
  server.prependListener('request', (request, answer) => lastAnswers.set(request.socket, answer))
  return lastAnswers
}

const problemByError: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
}

function describeProblem(code: ProblemCode, headers: Record<string, string>) {
  const requestId = randomUUID()
  const problem = createProblem(code, { requestId })
  const fields = {
    ...headers,
    'Content-Type': PROBLEM_MEDIA_TYPE,
    'X-Request-Id': requestId,
    Connection: 'close',
  }
  return { status: problem.status, body: JSON.stringify(problem), fields }
}

/** Writes out a whole answer: on a request that Node could not read there is no response object. */
function renderProblem(code: ProblemCode, headers: Record<string, string>): string {
  const { status, body, fields } = describeProblem(code, headers)
  const allFields = { ...fields, 'Content-Length': String(Buffer.byteLength(body)) }
  const lines = Object.entries(allFields).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n')
}
