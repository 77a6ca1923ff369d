import { APIError } from 'better-auth/api'
import type { RateLimits } from './rate-limits.ts'

/** Tries of a password per account, whatever address they come from. Source: OWASP ASVS 5.0, 6.3.1. */
const passwordRule = { window: 600, max: 10 }

/** Mails with a link per address. Enough for a person, too few to flood a mailbox. */
const mailRule = { window: 3600, max: 5 }

/** The limits that go with an account and not with a network address. */
export type AccountLimits = ReturnType<typeof createAccountLimits>

/** Counts tries per account, known or not. Each function throws Better Auth's 429 when there were too many. */
export function createAccountLimits(rateLimits: RateLimits) {
  const consume = async (key: string, rule: typeof mailRule) => {
    const { allowed, retryAfter } = await rateLimits.consume(key, rule)
    if (allowed) return
    const headers = { 'Retry-After': String(retryAfter) }
    throw new APIError('TOO_MANY_REQUESTS', { code: 'RATE_LIMITED' }, headers)
  }
  return {
    countSignIn: (email: string) => consume(`account|${email}`, passwordRule),
    forgetSignIns: (email: string) => rateLimits.reset(`account|${email}`),
    /** A password asked of somebody who is signed in: another counter, so that a stranger cannot use it up. */
    countPassword: (userId: string) => consume(`password|${userId}`, passwordRule),
    forgetPasswords: (userId: string) => rateLimits.reset(`password|${userId}`),
    countMail: (email: string) => consume(`mail|${email}`, mailRule),
  }
}
