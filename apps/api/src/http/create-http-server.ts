import { randomUUID } from 'node:crypto'
import { createServer, type Server, STATUS_CODES } from 'node:http'
import { Socket } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import { createProblem, PROBLEM_MEDIA_TYPE, type ProblemCode } from '@tend/contracts'
import type { Logger } from '@tend/runtime/logger'
import { refuseUnreadableRequests } from '@tend/runtime/unreadable-requests'
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

/**
 * Puts the app behind Node's HTTP server. What Node refuses by itself, before there is a request to handle, is
 * answered with problem details as well: 400, 408 and 431.
 */
export function createHttpServer(
  app: Hono<ApiEnv>,
  { log, headers }: { log: Logger; headers: Record<string, string> },
): Server {
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
  refuseUnreadableRequests(server, (socket, reason) => {
    const address = socket instanceof Socket ? socket.remoteAddress : undefined
    log.info({ reason, address }, 'a request could not be read')
    const code = problemByError[reason ?? ''] ?? 'MALFORMED_REQUEST'
    socket.end(renderProblem(code, headers), () => socket.destroy())
  })
  return server
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
