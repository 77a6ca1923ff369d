import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { ProblemCode } from '@tend/contracts'
import { isTrustedProxy, type TrustedProxies } from '@tend/runtime/client-address'
import type { Logger } from '@tend/runtime/logger'
import { answerBrokenRequest } from './answer-broken-request.ts'
import { findCanonicalUrl } from './find-canonical-url.ts'
import { replaceForwardedHeaders } from './forwarded-headers.ts'
import { MAX_BODY_BYTES } from './read-json-body.ts'
import { sendProblem } from './send.ts'
import { shortenPath } from './shorten-path.ts'

/** Limits on what a connection may take, in milliseconds and bytes (OWASP API4:2023). */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
  // Longer than the 60 s after which most proxies drop an idle connection, so that it is the proxy that drops it.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
}

/** What the server does with requests, and what it needs to know of its surroundings. */
export type WebServerOptions = {
  /** Answers a request: Next.js. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** WEB_URL. */
  webUrl: string
  trustedProxies: TrustedProxies
  /** Headers of every answer. */
  headers: Record<string, string>
  log: Logger
  /** Whether the process is about to stop. */
  isDraining: () => boolean
}

/**
 * The HTTP server around Next.js, which knows no peer address, no time limits and no end: it tells routes the client's
 * address, gives each request an id and one log line, and refuses what is too large or too slow.
 */
export function createWebServer(options: WebServerOptions): Server {
  const server = createServer(limits, (request, response) => {
    const requestId = beginRequest(request, response, options)
    const refusal = findRefusal(request, options)
    if (refusal !== null) {
      refuse(request, response, refusal, requestId).catch(() => response.destroy())
      return
    }
    const elsewhere = findCanonicalUrl(request, options.webUrl)
    if (elsewhere !== null) {
      response.writeHead(307, { Location: elsewhere }).end()
      return
    }
    options.handle(request, response).catch((error: unknown) => {
      options.log.error({ err: error, requestId }, 'a request failed outside Next.js')
      if (response.headersSent) response.destroy()
      else refuse(request, response, 'INTERNAL_ERROR', requestId).catch(() => response.destroy())
    })
  })
  server.on('clientError', (error, socket) =>
    answerBrokenRequest(error, socket, { headers: options.headers, log: options.log }),
  )
  return server
}

const requestIdShape = /^[\w.:-]{8,128}$/

/** Sets what the routes and the answer need; gives the request's id. */
function beginRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { trustedProxies, headers, log }: WebServerOptions,
): string {
  const startedAt = performance.now()
  const peer = request.socket.remoteAddress
  const given = String(request.headers['x-request-id'])
  const isBelieved = peer !== undefined && isTrustedProxy(peer, trustedProxies)
  const requestId = isBelieved && requestIdShape.test(given) ? given : randomUUID()
  request.headers['x-request-id'] = requestId
  const address = replaceForwardedHeaders(request, trustedProxies)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.setHeader('X-Request-Id', requestId)
  response.once('close', () => {
    const { method, url = '' } = request
    const ms = Math.round((performance.now() - startedAt) * 10) / 10
    const { statusCode: status } = response
    const isAborted = !response.writableEnded || undefined
    log.info(
      { requestId, method, path: shortenPath(url), status, isAborted, ms, address },
      'request',
    )
  })
  return requestId
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** What can be refused by the head of a request alone. */
function findRefusal(request: IncomingMessage, options: WebServerOptions): ProblemCode | null {
  const { method = '', url = '' } = request
  // Next.js answers others with 500.
  if (!methods.includes(method)) return 'METHOD_NOT_ALLOWED'
  if (!url.startsWith('/') || !isWellEncoded(url)) return 'MALFORMED_REQUEST'
  if (options.isDraining() && url === '/api/health') return 'UNAVAILABLE'
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return 'BODY_TOO_LARGE'
  return null
}

function isWellEncoded(url: string): boolean {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}

const refusalHeaders: Partial<Record<ProblemCode, Record<string, string>>> = {
  METHOD_NOT_ALLOWED: { Allow: methods.join(', ') },
  UNAVAILABLE: { 'Retry-After': '5' },
}

/** How long the rest of a refused body may go on arriving, in milliseconds. */
const LINGER_TIME = 2_000

async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  code: ProblemCode,
  requestId: string,
): Promise<void> {
  const answer = sendProblem(code, requestId, { headers: refusalHeaders[code] ?? {} })
  const body = Buffer.from(await answer.arrayBuffer())
  response.setHeaders(answer.headers)
  if (request.complete || code !== 'BODY_TOO_LARGE') {
    response.writeHead(answer.status, { 'Content-Length': body.byteLength }).end(body)
    return
  }
  response.writeHead(answer.status, { 'Content-Length': body.byteLength, Connection: 'close' })
  response.write(body)
  // Closing at once would reset the connection, and many a client would see that and not the answer.
  const timer = setTimeout(() => response.end(), LINGER_TIME)
  request.once('end', () => response.end())
  response.once('close', () => clearTimeout(timer))
  request.resume()
}
