import type { Problem } from '../problem.ts'

/** Tend answered with a problem; decide by `problem.code`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem
  readonly headers: Headers

  constructor(problem: Problem, headers: Headers) {
    super(problem.detail ?? problem.title)
    this.problem = problem
    this.headers = headers
  }

  /** Seconds to wait before another try, from Retry-After (RFC 9110, section 10.2.3); null when not said. */
  get retryAfter(): number | null {
    const header = this.headers.get('retry-after')
    return header !== null && /^\d+$/.test(header) ? Number(header) : null
  }
}

/** No answer came: the server is away, the network is down, or it took too long. Nothing is known of the outcome. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

/** The session is over: its cookie no longer gets an access token. The person has to sign in again. */
export class SessionEndedError extends Error {
  override readonly name = 'SessionEndedError'
}

/** The answer is none that the contract knows: another server, another version, or a proxy's own page. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError'
}

/** Everything a call of the client can throw, an abort by the caller's own signal aside. */
export type TendError = ProblemError | NetworkError | SessionEndedError | UnexpectedAnswerError
