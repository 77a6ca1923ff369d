import { isForwardedHttp, type TrustedProxies } from '@tend/runtime/client-address'
import type { Logger } from '@tend/runtime/logger'
import type { Telemetry } from '@tend/runtime/telemetry'
import { Hono } from 'hono'
import { authenticate } from './auth/authenticate.ts'
import type { TokenVerifier } from './auth/create-token-verifier.ts'
import type { EndedSessions } from './auth/follow-ended-sessions.ts'
import { createErrorHandler } from './errors/handle-error.ts'
import { serveDocs } from './features/docs/docs-routes.ts'
import type { Readiness } from './features/health/create-readiness.ts'
import { serveHealth } from './features/health/health-routes.ts'
import type { TaskFeed } from './features/tasks/create-task-feed.ts'
import type { TaskDatabase } from './features/tasks/task-database.ts'
import { serveTasks } from './features/tasks/task-routes.ts'
import { corsHeaders } from './http/cors.ts'
import { type Admission, createAdmission } from './http/create-admission.ts'
import { createRateLimit } from './http/create-rate-limit.ts'
import { isWellEncoded } from './http/is-well-encoded.ts'
import { logRequest } from './http/log-request.ts'
import { shareRequestCounts } from './http/request-count-queries.ts'
import { type ApiEnv, createRequestScope } from './http/request-scope.ts'
import { createSecurityHeaders } from './http/security-headers.ts'
import { sendProblem } from './http/send.ts'

/** All that the API is made of. */
export type AppDependencies = {
  db: TaskDatabase
  verifier: TokenVerifier
  readiness: Readiness
  endedSessions: Pick<EndedSessions, 'has' | 'onEnded'>
  taskFeed: TaskFeed
  log: Logger
  /** Milliseconds since 1970. */
  clock: () => number
  /** The API's own public address. */
  apiUrl: string
  corsOrigins: readonly string[]
  trustedProxies: TrustedProxies
  /** Requests of one user in a minute; 0 is no limit. */
  rateLimitPerMinute: number
  /** Measures requests and refusals; nothing does unless it is given. */
  telemetry?: Pick<Telemetry, 'observeRequest' | 'countRefusedToken'>
  /** Who may begin; with its own limits unless it is given. */
  admission?: Admission
}

/** Puts the API together. It opens, reads and sends nothing before the first request. */
export function createApp(deps: AppDependencies): Hono<ApiEnv> {
  const { db, verifier, log, clock } = deps
  const app = new Hono<ApiEnv>()
  const countRequest = createRateLimit(deps.rateLimitPerMinute, (requests) =>
    shareRequestCounts(db, requests),
  )

  beginRequests(app, deps)
  app.onError(createErrorHandler(log))
  app.notFound((c) => sendProblem(c.get('scope'), 'NOT_FOUND'))

  serveHealth(app, deps.readiness)
  serveDocs(app, deps)
  serveTasks(app, {
    db,
    clock,
    taskFeed: deps.taskFeed,
    endedSessions: deps.endedSessions,
    log,
    authorize: async (c) => {
      const { sub, sid, exp } = await authenticate(c, { verifier, log, telemetry: deps.telemetry })
      await countRequest(c.get('scope'), sub)
      return { userId: sub, sessionId: sid, expiresAt: exp * 1000 }
    },
  })
  return app
}

const badTarget = 'The address is not percent-encoded UTF-8.'

const twoHosts = 'The request names more than one host.'

const httpsRequired = 'Use the https address; take a token that was sent for known to others.'

/** What happens around every request: its scope before, its log line after. */
function beginRequests(
  app: Hono<ApiEnv>,
  { apiUrl, corsOrigins, trustedProxies, log, telemetry, ...deps }: AppDependencies,
): void {
  const admission = deps.admission ?? createAdmission()
  const securityHeaders = createSecurityHeaders(apiUrl)
  const allowedOrigins = new Set(corsOrigins)
  const isSecure = apiUrl.startsWith('https:')
  app.use('*', async (c, next) => {
    const startedAt = performance.now()
    const cors = corsHeaders(c.req.header('origin') ?? null, allowedOrigins)
    const scope = createRequestScope(c.req.raw, c.env?.incoming?.socket.remoteAddress, {
      trustedProxies,
      headers: { ...securityHeaders, ...cors },
    })
    c.set('scope', scope)
    const peer = c.env?.incoming?.socket.remoteAddress
    if (isSecure && isForwardedHttp(peer, c.req.header('x-forwarded-proto'), trustedProxies)) {
      // No redirect: the token has already travelled in the clear, and the client has to learn that.
      c.res = sendProblem(scope, 'HTTPS_REQUIRED', { detail: httpsRequired })
    } else if (!isWellEncoded(c.req.url)) {
      c.res = sendProblem(scope, 'MALFORMED_REQUEST', { detail: badTarget })
    } else if (c.req.header('host')?.includes(',')) {
      c.res = sendProblem(scope, 'MALFORMED_REQUEST', { detail: twoHosts })
    } else if (c.req.path.startsWith('/health/')) {
      await next()
    } else if (await admission.enter()) {
      try {
        await next()
      } finally {
        admission.leave()
      }
    } else {
      // Whoever is turned away soon can try elsewhere; whoever waits in a growing queue gets an answer nobody reads.
      c.res = sendProblem(scope, 'UNAVAILABLE', { headers: { 'Retry-After': '1' } })
    }
    const { method } = c.req
    const { status } = c.res
    logRequest(log, scope, { method, status, startedAt })
    telemetry?.observeRequest({
      requestId: scope.requestId,
      method,
      route: scope.route ?? 'none',
      status,
      startedAt,
      traceparent: c.req.header('traceparent'),
    })
  })
}
