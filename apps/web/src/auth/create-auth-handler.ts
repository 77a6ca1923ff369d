import { randomUUID } from 'node:crypto'
import { PasswordQueueFullError } from '@tend/database/hash-password'
import { isDatabaseUnavailable } from '@tend/database/is-database-unavailable'
import { type LogEvent, type Logger, logEvent } from '@tend/runtime/logger'
import type { Database } from '../database.ts'
import { ProblemError } from '../errors/problem-error.ts'
import { sendProblem } from '../http/send.ts'
import { shortenPath } from '../http/shorten-path.ts'
import { createAccountRoutes } from './account-routes.ts'
import { createAuthRoutes } from './auth-routes.ts'
import type { Auth } from './create-auth.ts'
import { describeRequest } from './describe-request.ts'
import { createTaskExport } from './export-tasks.ts'
import { createForwarder } from './forward-to-better-auth.ts'
import { parseNextPath } from './next-path.ts'
import { passToBetterAuth } from './pass-to-better-auth.ts'

/** Seconds until a client should ask again when the database is away or too many passwords wait to be hashed. */
const RETRY_AFTER = '5'

type AuthHandlerOptions = { auth: Auth; database: Database; site: string; log: Logger }

/** Answers every request below /api/auth: the routes of the contract, and Better Auth's own. It never throws. */
export type AuthHandler = (request: Request) => Promise<Response>

/** Makes the handler of all requests below /api/auth; `site` is WEB_URL. */
export function createAuthHandler(options: AuthHandlerOptions): AuthHandler {
  const { auth, database, site, log } = options
  const forward = createForwarder(auth, site)
  /** Work whose outcome the answer must not tell: it begins when the answer is already on its way. */
  const afterAnswer = (work: () => Promise<unknown>, headers: Headers) => {
    setImmediate(() => {
      work().catch((err: unknown) => {
        log.error({ err, ...describeRequest(headers) }, 'work after an answer failed')
      })
    })
  }
  const routes = createAuthRoutes({
    forward,
    issueAccessToken: auth.issueAccessToken,
    startRegistration: auth.isVerifying
      ? (body, headers) => afterAnswer(() => auth.api.signUpEmail({ body }), headers)
      : null,
    site,
  })
  const account = createAccountRoutes({
    forward,
    exportTasks: createTaskExport(database),
    startPasswordReset: (email, headers) =>
      afterAnswer(() => auth.api.requestPasswordReset({ body: { email } }), headers),
    site,
  })
  return async (request) => {
    const requestId = request.headers.get('x-request-id') ?? randomUUID()
    try {
      return await (routes(request) ?? account(request) ?? passToBetterAuth(request, forward))
    } catch (error) {
      const problem = findProblem(error)
      if (problem.code === 'INTERNAL_ERROR')
        log.error({ err: error, requestId }, 'a request failed')
      logRefusal(log, request, requestId, problem.code)
      return leadBack(request, problem) ?? sendProblem(problem.code, requestId, problem.details)
    }
  }
}

function findProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  const isPassing = isDatabaseUnavailable(error) || error instanceof PasswordQueueFullError
  if (!isPassing) return new ProblemError('INTERNAL_ERROR')
  return new ProblemError('UNAVAILABLE', { headers: { 'Retry-After': RETRY_AFTER } })
}

/** Whoever follows a link from a mail gets to a page that says what is wrong, and not to a line of JSON. */
function leadBack(request: Request, { code }: ProblemError): Response | null {
  const { pathname, searchParams } = new URL(request.url)
  const page = searchParams.get('callbackURL')
  if (pathname !== '/api/auth/verify-email' || request.method !== 'GET') return null
  if (page === null || page !== parseNextPath(page)) return null
  const location = `${page}${page.includes('?') ? '&' : '?'}error=${code}`
  return new Response(null, {
    status: 302,
    headers: { Location: location, 'Cache-Control': 'no-store' },
  })
}

const refusals = new Set<string>([
  'INVALID_CREDENTIALS',
  'NO_SESSION',
  'ORIGIN_REFUSED',
  'FORBIDDEN',
  'EMAIL_TAKEN',
  'EMAIL_NOT_VERIFIED',
  'LINK_EXPIRED',
  'RATE_LIMITED',
] satisfies ProblemError['code'][])

const failures: Record<string, LogEvent> = {
  '/api/auth/login': 'auth.login.failed',
  '/api/auth/sign-in/email': 'auth.login.failed',
  '/api/auth/token': 'auth.token.refused',
}

function logRefusal(log: Logger, request: Request, requestId: string, reason: string): void {
  if (!refusals.has(reason)) return
  const route = shortenPath(new URL(request.url).pathname)
  const event = failures[route] ?? 'access.denied'
  logEvent(log, event, { ...describeRequest(request.headers), requestId, reason, route })
}
