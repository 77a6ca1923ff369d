import { ProblemError } from '../errors/problem-error.ts'

/** Large bodies of one person in one process at a time: each is in memory as a whole, and a person may send hundreds a minute. */
const MOST_AT_ONCE = 4

/** Takes a place for a person's large body, and gives the function that gives it back. Throws the 429 problem when all are taken. */
export type LargeBodyLimit = (userId: string) => () => void

/**
 * Makes the limit of a route whose bodies are large.
 *
 * Source: OWASP API4:2023, unrestricted resource consumption.
 */
export function limitLargeBodies(): LargeBodyLimit {
  const underWay = new Map<string, number>()
  return (userId) => {
    const others = underWay.get(userId) ?? 0
    if (others >= MOST_AT_ONCE) throw tooManyAtOnce()
    underWay.set(userId, others + 1)
    return () => {
      const left = (underWay.get(userId) ?? 1) - 1
      if (left === 0) underWay.delete(userId)
      else underWay.set(userId, left)
    }
  }
}

function tooManyAtOnce(): ProblemError {
  return new ProblemError('RATE_LIMITED', {
    detail: `At most ${MOST_AT_ONCE} such requests may be under way: wait until one is answered.`,
    headers: { 'Retry-After': '2' },
  })
}
