import { NetworkError, ProblemError, UnexpectedAnswerError } from './errors.ts'

/** Milliseconds to wait before the second, third and fourth try. */
const PAUSES = [300, 900, 2_000]

/** Milliseconds that all pauses together may take; nobody waits longer without a word. */
const LONGEST_WAIT = 8_000

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/**
 * Makes a call again, up to three times and ever later, while it fails of something that may pass: no connection yet
 * after waking up, a server that restarts, too many at once. Retry-After is kept to. The last failure is thrown.
 */
export async function retryPassing<Result>(
  call: () => Promise<Result>,
  pause: (milliseconds: number) => Promise<void> = sleep,
): Promise<Result> {
  let waited = 0
  for (const length of PAUSES) {
    try {
      return await call()
    } catch (error) {
      const wait = Math.max(length, readRetryAfter(error)) * (1 + Math.random() / 5)
      waited += wait
      if (!mayPass(error) || waited > LONGEST_WAIT) throw error
      await pause(wait)
    }
  }
  return call()
}

function mayPass(error: unknown): boolean {
  if (error instanceof ProblemError) {
    return error.problem.status >= 500 || error.problem.code === 'RATE_LIMITED'
  }
  // While the browser knows that it is offline, there is nothing to wait for.
  if (error instanceof NetworkError) return globalThis.navigator?.onLine !== false
  return error instanceof UnexpectedAnswerError
}

function readRetryAfter(error: unknown): number {
  return error instanceof ProblemError ? (error.retryAfter ?? 0) * 1000 : 0
}
