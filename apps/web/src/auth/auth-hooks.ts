import { type ProblemField, registerSchema } from '@tend/contracts'
import { type LogEvent, type Logger, logEvent } from '@tend/runtime/logger'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { z } from 'zod'
import { describeRequest } from './describe-request.ts'
import { findPasswordProblem } from './password-policy.ts'
import type { RateLimits } from './rate-limits.ts'

/** Tries per account, whatever address they come from. Source: OWASP ASVS 5.0, 6.3.1. */
const accountRule = { window: 600, max: 10 }

/** Where a request to one of Better Auth's endpoints carries a new password. */
const newPasswordKeys: Record<string, string> = {
  '/sign-up/email': 'password',
  '/change-password': 'newPassword',
  '/reset-password': 'newPassword',
}

const signInEvents: Record<string, LogEvent> = {
  '/sign-in/email': 'auth.login.succeeded',
  '/sign-up/email': 'auth.registered',
}

const namedPaths = new Set(['/sign-up/email', '/update-user'])

const bodySchema = z.record(z.string(), z.unknown()).catch({})

const profileSchema = z.object({
  email: registerSchema.shape.email.optional(),
  name: registerSchema.shape.name,
  image: z
    .url({ protocol: /^https$/ })
    .max(2048)
    .nullish(),
})

/**
 * The rules that hold for every way of signing in and of setting a password, our own routes and Better Auth's alike.
 */
export function createAuthHooks({ rateLimits, log }: { rateLimits: RateLimits; log: Logger }) {
  const before = createAuthMiddleware(async (ctx) => {
    const body = bodySchema.parse(ctx.body)
    checkNewValues(ctx.path, body)
    if (ctx.path === '/sign-in/email') await countSignIn(rateLimits, body.email)
  })

  const after = createAuthMiddleware(async (ctx) => {
    const event = signInEvents[ctx.path]
    const fresh = ctx.context.newSession
    if (event === undefined || fresh === null) return
    const { user, session } = fresh
    await rateLimits.reset(accountKey(user.email))
    await endReplacedSession(ctx, session.token)
    logEvent(log, event, {
      ...describeRequest(ctx.headers),
      userId: user.id,
      sessionId: session.id,
    })
    // The session's id takes the place of its token, which belongs in the cookie alone.
    return ctx.json({ user, session: { id: session.id, expiresAt: session.expiresAt } })
  })

  return { before, after }
}

type AuthContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

/** Somebody who signs in again leaves no session behind that nobody can see or end. */
async function endReplacedSession(ctx: AuthContext, newToken: string): Promise<void> {
  const { authCookies, secret, internalAdapter } = ctx.context
  const token = await ctx.getSignedCookie(authCookies.sessionToken.name, secret)
  if (token && token !== newToken) await internalAdapter.deleteSession(token)
}

function accountKey(email: string): string {
  return `account|${email}`
}

async function countSignIn(rateLimits: RateLimits, given: unknown): Promise<void> {
  const email = registerSchema.shape.email.safeParse(given)
  if (!email.success) return
  const { allowed, retryAfter } = await rateLimits.consume(accountKey(email.data), accountRule)
  if (allowed) return
  const headers = { 'Retry-After': String(retryAfter) }
  throw new APIError('TOO_MANY_REQUESTS', { code: 'RATE_LIMITED' }, headers)
}

function checkNewValues(path: string, body: Record<string, unknown>): void {
  const passwordKey = newPasswordKeys[path]
  const errors: ProblemField[] = []
  if (passwordKey !== undefined) {
    const problem = findPasswordProblem(body[passwordKey], ['body', passwordKey])
    if (problem) errors.push(problem)
  }
  if (namedPaths.has(path)) {
    for (const issue of profileSchema.safeParse(body).error?.issues ?? []) {
      errors.push({
        path: ['body', ...issue.path.map(String)],
        code: issue.code,
        message: issue.message,
      })
    }
  }
  if (errors.length > 0)
    throw new APIError('UNPROCESSABLE_ENTITY', { code: 'VALIDATION_FAILED', errors })
}
