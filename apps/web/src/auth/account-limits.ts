import { APIError } from 'better-auth/api'
import type { RateLimitRule, RateLimits } from './rate-limits.ts'

/** Tries of a password per account, whatever address they come from. Source: OWASP ASVS 5.0, 6.3.1. */
const passwordRule = { window: 600, max: 10 }

/** Tries of a password per network address, for however many accounts. */
const addressRule = { window: 60, max: 20 }

/** Mails with a link per address. Enough for a person, too few to flood a mailbox. */
const mailRule = { window: 3600, max: 5 }

/** A try to sign in: for which account, and from where. `device` is set where the account has signed in before. */
export type SignInTry = { email: string; address: string; device: string | null }

/** The limits that go with an account and not with a network address alone. */
export type AccountLimits = ReturnType<typeof createAccountLimits>

/**
 * Counts tries per account, known or not. Each function throws Better Auth's 429 when there were too many. `widen` fits
 * the rules of addresses to who stands behind them.
 */
export function createAccountLimits(
  rateLimits: RateLimits,
  widen: (rule: RateLimitRule, address: string) => RateLimitRule,
) {
  const consume = async (key: string, rule: RateLimitRule) => {
    const { allowed, retryAfter } = await rateLimits.consume(key, rule)
    if (allowed) return
    const headers = { 'Retry-After': String(retryAfter) }
    throw new APIError('TOO_MANY_REQUESTS', { code: 'RATE_LIMITED' }, headers)
  }
  const forgetSignIns = (email: string) => rateLimits.reset(`account|${email}`)
  return {
    /** A known device has a counter of its own, which nobody else can use up. */
    countSignIn: async ({ email, address, device }: SignInTry) => {
      if (device !== null) return consume(device, passwordRule)
      await consume(`address|${address}`, widen(addressRule, address))
      await consume(`account|${email}`, passwordRule)
    },
    /** The password was right: tries that led there are no guesses. Those of strangers stay counted. */
    forgiveSignIn: async ({ email, address, device }: SignInTry) => {
      if (device !== null) return rateLimits.reset(device)
      await forgetSignIns(email)
      await rateLimits.giveBack(`address|${address}`)
    },
    forgetSignIns,
    /** A password asked of somebody who is signed in: another counter, so that a stranger cannot use it up. */
    countPassword: (userId: string) => consume(`password|${userId}`, passwordRule),
    forgetPasswords: (userId: string) => rateLimits.reset(`password|${userId}`),
    countMail: (email: string) => consume(`mail|${email}`, mailRule),
  }
}
