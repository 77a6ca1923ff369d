import { type ProblemField, registerSchema } from '@tend/contracts'
import { type LogEvent, type Logger, logEvent } from '@tend/runtime/logger'
import { APIError, createAuthMiddleware, getIP, getSessionFromCtx } from 'better-auth/api'
import { z } from 'zod'
import type { SendMail } from '../mail/create-mailer.ts'
import type { AccountLimits, SignInTry } from './account-limits.ts'
import type { EndLinks } from './auth-events.ts'
import { describeRequest } from './describe-request.ts'
import { checkEmailChangeLink } from './email-change-links.ts'
import { findKnownDevice, rememberDevice } from './known-devices.ts'
import { findPasswordProblem } from './password-policy.ts'

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

type AuthHooksOptions = {
  limits: AccountLimits
  endLinks: EndLinks
  sendMail: SendMail
  log: Logger
}

type AuthContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

/**
 * The rules that hold for every way of signing in and of setting a password, our own routes and Better Auth's alike.
 */
export function createAuthHooks({ limits, endLinks, sendMail, log }: AuthHooksOptions) {
  const before = createAuthMiddleware(async (ctx) => {
    const body = bodySchema.parse(ctx.body)
    await checkNewPassword(ctx, body)
    checkProfile(ctx.path, body)
    if (ctx.path === '/verify-email') await checkEmailChangeLink(ctx)
    const email = registerSchema.shape.email.safeParse(body.email).data
    if (ctx.path === '/sign-in/email' && email) {
      await limits.countSignIn(await describeSignIn(ctx, email))
    }
    if (ctx.path === '/send-verification-email' && email) await limits.countMail(email)
    if (ctx.path !== '/change-password') return
    const session = await getSessionFromCtx(ctx)
    if (session) await limits.countPassword(session.user.id)
    // Whoever changes a password may do so because somebody else knows it.
    return { context: { body: { ...body, revokeOtherSessions: true } } }
  })

  const after = createAuthMiddleware(async (ctx) => {
    const fresh = ctx.context.newSession
    if (fresh === null) return
    const { user, session } = fresh
    const who = { ...describeRequest(ctx.headers), userId: user.id, sessionId: session.id }
    if (ctx.path === '/change-password') {
      await limits.forgetPasswords(user.id)
      await endLinks(user.id)
      logEvent(log, 'auth.password.changed', who)
      sendMail({ kind: 'password-changed', to: user.email })
      return
    }
    const event = signInEvents[ctx.path]
    if (event === undefined) return
    if (ctx.path === '/sign-in/email') {
      await limits.forgiveSignIn(await describeSignIn(ctx, user.email))
    } else await limits.forgetSignIns(user.email)
    await endReplacedSession(ctx, session.token)
    await rememberDevice(ctx, user.email)
    logEvent(log, event, who)
    // The session's id takes the place of its token, which belongs in the cookie alone.
    return ctx.json({ user, session: { id: session.id, expiresAt: session.expiresAt } })
  })

  return { before, after }
}

async function describeSignIn(ctx: AuthContext, email: string): Promise<SignInTry> {
  const address = (ctx.headers && getIP(ctx.headers, ctx.context.options)) ?? 'unknown'
  return { email, address, device: await findKnownDevice(ctx, email) }
}

/** Somebody who signs in again leaves no session behind that nobody can see or end. */
async function endReplacedSession(ctx: AuthContext, newToken: string): Promise<void> {
  const { authCookies, secret, internalAdapter } = ctx.context
  const token = await ctx.getSignedCookie(authCookies.sessionToken.name, secret)
  if (token && token !== newToken) await internalAdapter.deleteSession(token)
}

/** Where a request to one of Better Auth's endpoints carries a new password, and whose it will be. */
const newPasswords: Record<
  string,
  { key: string; findEmail: (ctx: AuthContext, body: Record<string, unknown>) => Promise<unknown> }
> = {
  '/sign-up/email': { key: 'password', findEmail: async (_ctx, body) => body.email },
  '/change-password': {
    key: 'newPassword',
    findEmail: async (ctx) => (await getSessionFromCtx(ctx))?.user.email,
  },
  '/reset-password': {
    key: 'newPassword',
    findEmail: async ({ context }, { token }) => {
      const link = await context.internalAdapter.findVerificationValue(`reset-password:${token}`)
      return link && (await context.internalAdapter.findUserById(link.value))?.email
    },
  },
}

async function checkNewPassword(ctx: AuthContext, body: Record<string, unknown>): Promise<void> {
  const place = newPasswords[ctx.path]
  if (place === undefined) return
  const { key, findEmail } = place
  const email = await findEmail(ctx, body)
  const owner = typeof email === 'string' ? email : undefined
  const problem = findPasswordProblem(body[key], ['body', key], owner)
  if (problem) throw invalid([problem])
}

function checkProfile(path: string, body: Record<string, unknown>): void {
  if (!namedPaths.has(path)) return
  const issues = profileSchema.safeParse(body).error?.issues ?? []
  if (issues.length === 0) return
  throw invalid(
    issues.map((issue) => ({
      path: ['body', ...issue.path.map(String)],
      code: issue.code,
      message: issue.message,
    })),
  )
}

function invalid(errors: ProblemField[]): APIError {
  return new APIError('UNPROCESSABLE_ENTITY', { code: 'VALIDATION_FAILED', errors })
}
