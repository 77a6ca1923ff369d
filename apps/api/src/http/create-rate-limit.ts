import { ProblemError } from '../errors/problem-error.ts'
import { createRequestCounts, type Exchange, type Usage } from './create-request-counts.ts'
import type { RequestScope } from './request-scope.ts'

const windowSeconds = 60

/** Counts one request of a user; throws the 429 problem past the limit, or rejects with it. */
export type RateLimit = (scope: RequestScope, userId: string) => void | Promise<void>

/**
 * Makes the limit on each user's requests a minute, over all processes that share the `exchange`; 0 is no limit. Answers tell
 * what is left (draft-ietf-httpapi-ratelimit-headers-10).
 */
export function createRateLimit(perMinute: number, exchange: Exchange): RateLimit {
  if (perMinute === 0) return () => {}
  const counts = createRequestCounts({ limit: perMinute, window: windowSeconds * 1000, exchange })
  const policy = `"user";q=${perMinute};w=${windowSeconds}`
  const tell = (scope: RequestScope, { isAllowed, remaining, timeLeft }: Usage) => {
    const seconds = Math.ceil(timeLeft / 1000)
    scope.headers['RateLimit-Policy'] = policy
    scope.headers.RateLimit = `"user";r=${remaining};t=${seconds}`
    if (!isAllowed) throw tooManyRequests(seconds)
  }
  return (scope, userId) => {
    const usage = counts.take(userId)
    return usage instanceof Promise ? usage.then((known) => tell(scope, known)) : tell(scope, usage)
  }
}

function tooManyRequests(seconds: number): ProblemError {
  return new ProblemError('RATE_LIMITED', {
    detail: `Wait ${seconds} seconds before the next request.`,
    headers: { 'Retry-After': String(seconds) },
  })
}
