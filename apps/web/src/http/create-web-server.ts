import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isForwardedHttp, isTrustedProxy, type TrustedProxies } from '@tend/runtime/client-address'
import type { Logger } from '@tend/runtime/logger'
import type { Telemetry } from '@tend/runtime/telemetry'
import { refuseUnreadableRequests } from '@tend/runtime/unreadable-requests'
import { ProblemError } from '../errors/problem-error.ts'
import { answerBrokenRequest } from './answer-broken-request.ts'
import { findCanonicalUrl } from './find-canonical-url.ts'
import { findRefusal } from './find-refusal.ts'
import { replaceForwardedHeaders } from './forwarded-headers.ts'
import { nameRoute } from './name-route.ts'
import { refuse } from './refuse.ts'
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
  /** Measures requests; nothing does unless it is given. */
  telemetry?: Pick<Telemetry, 'observeRequest'>
  /** Whether the process is about to stop. */
  isDraining: () => boolean
}

/**
 * The HTTP server around Next.js, which knows no peer address, no time limits and no end: it tells routes the client's
 * address, gives each request an id and one log line, and refuses what is too large or too slow.
 */
export function createWebServer(options: WebServerOptions): Server {
  const server = createServer(limits, (request, response) => {
    const isPlain = isPlainHttp(request, options)
    const requestId = beginRequest(request, response, options)
    const answerProblem = (problem: ProblemError) => {
      refuse(request, response, problem, requestId).catch(() => response.destroy())
    }
    if (isPlain) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        return answerProblem(new ProblemError('HTTPS_REQUIRED'))
      }
      const target = request.url?.startsWith('/') ? request.url : '/'
      response.writeHead(308, { Location: new URL(options.webUrl).origin + target }).end()
      return
    }
    const refusal = findRefusal(request, { isDraining: options.isDraining() })
    if (refusal !== null) return answerProblem(refusal)
    const elsewhere = findCanonicalUrl(request, options.webUrl)
    if (elsewhere !== null) {
      response.writeHead(307, { Location: elsewhere }).end()
      return
    }
    options.handle(request, response).catch((error: unknown) => {
      options.log.error({ err: error, requestId }, 'a request failed outside Next.js')
      if (response.headersSent) response.destroy()
      else answerProblem(new ProblemError('INTERNAL_ERROR'))
    })
  })
  refuseUnreadableRequests(server, (socket, reason) =>
    answerBrokenRequest(socket, reason, { headers: options.headers, log: options.log }),
  )
  return server
}

/** Whether a person came over http to a site that has https. Has to be asked before the headers are replaced. */
function isPlainHttp({ headers, socket }: IncomingMessage, options: WebServerOptions): boolean {
  if (!options.webUrl.startsWith('https:')) return false
  const proto = headers['x-forwarded-proto']
  const list = Array.isArray(proto) ? proto.join(',') : proto
  return isForwardedHttp(socket.remoteAddress, list, options.trustedProxies)
}

const requestIdShape = /^[\w.:-]{8,128}$/

/** Sets what the routes and the answer need; gives the request's id. */
function beginRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { trustedProxies, headers, log, telemetry }: WebServerOptions,
): string {
  const startedAt = performance.now()
  const peer = request.socket.remoteAddress
  const given = String(request.headers['x-request-id'] ?? '')
  const isBelieved = peer !== undefined && isTrustedProxy(peer, trustedProxies)
  const requestId = isBelieved && requestIdShape.test(given) ? given : randomUUID()
  request.headers['x-request-id'] = requestId
  const address = replaceForwardedHeaders(request, trustedProxies)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.setHeader('X-Request-Id', requestId)
  response.once('close', () => {
    const { method = '', url = '' } = request
    const ms = Math.round((performance.now() - startedAt) * 10) / 10
    const { statusCode: status } = response
    const isAborted = !response.writableEnded || undefined
    log.info(
      { requestId, method, path: shortenPath(url), status, isAborted, ms, address },
      'request',
    )
    const traceparent = request.headers.traceparent?.toString()
    const route = nameRoute(url)
    telemetry?.observeRequest({ requestId, method, route, status, startedAt, traceparent })
  })
  return requestId
}
