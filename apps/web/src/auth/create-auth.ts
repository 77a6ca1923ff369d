import { kyselyAdapter } from '@better-auth/kysely-adapter'
import { betterAuthTables } from '@tend/database/better-auth-tables'
import { hashPassword, verifyPassword } from '@tend/database/hash-password'
import type { Logger } from '@tend/runtime/logger'
import type { BetterAuthOptions } from 'better-auth'
import { betterAuth } from 'better-auth/minimal'
import type { Database } from '../database.ts'
import type { WebEnvironment } from '../env.ts'
import type { SendMail } from '../mail/create-mailer.ts'
import { createPreviousSecretAcceptor } from './accept-previous-secret.ts'
import { accessTokenPlugin } from './access-token-plugin.ts'
import { createAccountLimits } from './account-limits.ts'
import { accountPlugin, EMAIL_LINK_LIFETIME } from './account-plugin.ts'
import { createAuthEvents } from './auth-events.ts'
import { createAuthHooks } from './auth-hooks.ts'
import { describeRequest } from './describe-request.ts'
import { endLinks } from './email-change-links.ts'
import { createTokenIssuer } from './issue-access-token.ts'
import { createRateLimits, type RateLimitRule } from './rate-limits.ts'
import { createWidening } from './shared-addresses.ts'
import { watchAdapter } from './swallowed-errors.ts'

/** What signing in needs from outside. */
export type AuthDependencies = {
  environment: WebEnvironment
  database: Database
  sendMail: SendMail
  log: Logger
}

/** Better Auth as Tend runs it, and the issuer of its access tokens. */
export type Auth = ReturnType<typeof createAuth>

/** Sets up Better Auth. Nothing is read or sent before the first request. */
export function createAuth({ environment, database, sendMail, log }: AuthDependencies) {
  const issueAccessToken = createTokenIssuer({ environment, log })
  const isVerifying = environment.REQUIRE_EMAIL_VERIFICATION
  const rateLimits = createRateLimits(database)
  const widen = createWidening(environment)
  const limits = createAccountLimits(rateLimits, widen)
  const end = (userId: string) => endLinks(database, userId)
  const events = createAuthEvents({ database, endLinks: end, limits, sendMail, log })
  const adapter = kyselyAdapter(database, { type: 'postgres', transaction: true })
  const betterAuthServer = betterAuth({
    ...betterAuthTables,
    appName: 'Tend',
    baseURL: environment.WEB_URL,
    basePath: '/api/auth',
    secret: environment.BETTER_AUTH_SECRET,
    trustedOrigins: [environment.WEB_URL],
    database: (options: BetterAuthOptions) => watchAdapter(adapter(options)),
    advanced: {
      ...betterAuthTables.advanced,
      ...describeCookies(environment.WEB_URL.startsWith('https:')),
      // src/main.ts sets this header to the one address it trusts.
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
      // Said outright, because Better Auth leaves both out when NODE_ENV is `test`.
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    // A cached session would live on after it was ended.
    session: {
      ...betterAuthTables.session,
      cookieCache: { enabled: false },
      // How exactly the list of sessions tells the last use, in seconds. No request writes more often.
      updateAge: 300,
    },
    // Whoever reads the database finds no link in it that still works.
    verification: { ...betterAuthTables.verification, storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      password: { hash: hashPassword, verify: verifyPassword },
      // Better Auth counts UTF-16 units. The rule counts characters, at most two units each: see auth-hooks.ts.
      minPasswordLength: 1,
      maxPasswordLength: 256,
      requireEmailVerification: isVerifying,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: RESET_LINK_LIFETIME,
      ...events.emailAndPassword,
    },
    emailVerification: {
      expiresIn: EMAIL_LINK_LIFETIME,
      sendOnSignIn: isVerifying,
      ...events.emailVerification,
    },
    rateLimit: {
      ...betterAuthTables.rateLimit,
      enabled: true,
      customStorage: rateLimits,
      customRules: createAddressRules(widen),
    },
    plugins: [accessTokenPlugin(issueAccessToken), accountPlugin({ limits, sendMail, log })],
    hooks: createAuthHooks({ limits, endLinks: end, sendMail, log }),
    databaseHooks: events.databaseHooks,
    // Links in mail that lead nowhere end on our own page, and not on Better Auth's.
    disabledPaths: [
      '/error',
      '/request-password-reset',
      // Its time would tell whether an address has an account; ours answers first and works then.
      ...(isVerifying ? ['/sign-up/email'] : []),
    ],
    onAPIError: { throw: true, errorURL: `${environment.WEB_URL}/login` },
    logger: { level: 'error', log: (_level, _message, ...details) => logErrors(log, details) },
    telemetry: { enabled: false },
  })
  const acceptCookies = createPreviousSecretAcceptor({
    current: environment.BETTER_AUTH_SECRET,
    previous: environment.BETTER_AUTH_SECRET_PREVIOUS,
  })
  return {
    handler: betterAuthServer.handler,
    api: betterAuthServer.api,
    issueAccessToken,
    /** To be put around the headers of each request: cookies that were signed before a rotation go on working. */
    acceptCookies,
    /** Whether people confirm their address before they can sign in. */
    isVerifying,
  }
}

/**
 * Over https, a name that browsers hold to this host, to https and to the whole site: no page of another subdomain can
 * plant such a cookie (RFC 6265bis, section 4.1.3.2). Better Auth itself offers the weaker `__Secure-` only.
 */
function describeCookies(isSecure: boolean) {
  return {
    cookiePrefix: isSecure ? '__Host-tend' : 'tend',
    useSecureCookies: false,
    defaultCookieAttributes: { secure: isSecure },
  }
}

/** How long the link for a new password can be used, in seconds. */
const RESET_LINK_LIFETIME = 3600

/** Limits per address; seconds. The address comes with the header named above. */
const anyAddressRule = { window: 60, max: 600 }

const addressRules: Record<string, RateLimitRule> = {
  // Tries of a password are counted in account-limits.ts.
  '/sign-in/email': anyAddressRule,
  '/sign-up/email': { window: 60, max: 10 },
  '/count-registration': { window: 60, max: 10 },
  '/change-password': { window: 60, max: 20 },
  '/verify-password': { window: 60, max: 20 },
  '/forgot-password': { window: 60, max: 10 },
  '/reset-password': { window: 60, max: 20 },
  '/email': { window: 60, max: 20 },
  '/account/delete': { window: 60, max: 20 },
  '/send-verification-email': { window: 60, max: 10 },
  '/verify-email': { window: 60, max: 60 },
}

// Better Auth takes the first that matches.
function createAddressRules(widen: ReturnType<typeof createWidening>) {
  const rules = Object.entries({ ...addressRules, '/**': anyAddressRule }).map(([path, rule]) => {
    const fitRule = (request: Request) =>
      widen(rule, describeRequest(request.headers).address ?? '')
    return [path, fitRule] as const
  })
  return { '/get-session': false, '/sign-out': false, ...Object.fromEntries(rules) } as const
}

// Better Auth's messages quote requests, so only the errors themselves are logged.
function logErrors(log: Logger, details: unknown[]): void {
  for (const err of details) {
    if (err instanceof Error) log.warn({ err }, 'Better Auth caught an error')
  }
}
