import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ProblemError } from '../errors/problem-error.ts'
import type { RequestScope } from './request-scope.ts'

const windowSeconds = 60

/** Counts one request of a user; throws the 429 problem past the limit. */
export type RateLimit = (scope: RequestScope, userId: string) => Promise<void>

/**
 * Makes the limit on each user's requests a minute, counted in this process alone; 0 is no limit. Answers tell what
 * is left (draft-ietf-httpapi-ratelimit-headers-10).
 */
export function createRateLimit(perMinute: number): RateLimit {
  if (perMinute === 0) return async () => {}
  const limiter = new RateLimiterMemory({ points: perMinute, duration: windowSeconds })
  return async (scope, userId) => {
    const usage = await limiter.consume(userId).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused
      throw refused
    })
    const seconds = Math.ceil(usage.msBeforeNext / 1000)
    scope.headers['RateLimit-Policy'] = `"user";q=${perMinute};w=${windowSeconds}`
    scope.headers.RateLimit = `"user";r=${usage.remainingPoints};t=${seconds}`
    if (usage.consumedPoints <= perMinute) return
    throw new ProblemError('RATE_LIMITED', {
      detail: `Wait ${seconds} seconds before the next request.`,
      headers: { 'Retry-After': String(seconds) },
    })
  }
}
