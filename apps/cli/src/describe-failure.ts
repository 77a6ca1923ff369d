import {
  NetworkError,
  ProblemError,
  SessionEndedError,
  UnexpectedAnswerError,
} from '@tend/contracts/client'
import { CliError, exitCodes } from './cli-error.ts'

/** What to print and with which code to exit when a command failed. */
export type Failure = { message: string; exitCode: number }

const signInAgain = 'sign in again with tend login'

/** Turns whatever a command threw into one sentence with the way out. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CliError) return { message: error.message, exitCode: error.exitCode }
  if (error instanceof SessionEndedError)
    return fail(`Your session has ended: ${signInAgain}`, exitCodes.notSignedIn)
  if (error instanceof ProblemError) return describeProblem(error)
  if (error instanceof NetworkError)
    return fail(`${error.message}: check that Tend is running there and that the network is up`)
  if (error instanceof UnexpectedAnswerError)
    return fail(
      `${error.message}: check the server’s addresses with tend profiles, and that it and tend are up to date`,
    )
  if (error instanceof Error && 'syscall' in error)
    return fail(`A file could not be used: ${error.message}`)
  return fail(
    `Something went wrong in tend itself: ${error instanceof Error ? error.message : String(error)}`,
  )
}

function describeProblem({ problem, retryAfter, message }: ProblemError): Failure {
  const wait = retryAfter === null ? 'in a moment' : `in ${retryAfter} seconds`
  switch (problem.code) {
    case 'INVALID_TOKEN':
    case 'NO_SESSION':
      return fail(`Your session has ended: ${signInAgain}`, exitCodes.notSignedIn)
    case 'INVALID_CREDENTIALS':
      return fail('Email or password is wrong: check both and try again')
    case 'EMAIL_TAKEN':
      return fail('There is already an account with this email: sign in with tend login')
    case 'EMAIL_NOT_VERIFIED':
      return fail(
        'The email address is not confirmed yet: follow the link in the mail, then try again',
      )
    case 'RATE_LIMITED':
      return fail(`Too many requests: try again ${wait}`)
    case 'UNAVAILABLE':
      return fail(`The server is not available right now: try again ${wait}`)
    case 'TASK_NOT_FOUND':
      return fail('There is no such task any more: see what there is with tend list')
    case 'TASK_CHANGED':
      return fail('The task was changed elsewhere meanwhile: look at it and try again')
    case 'VALIDATION_FAILED': {
      const [first] = problem.errors ?? []
      const where = first?.path.slice(1).join('.') ?? ''
      return fail(`The server refused a value: ${where} ${first?.message ?? message}`.trim())
    }
    default:
      return fail(`${message} (${problem.code}, request ${problem.requestId})`)
  }
}

function fail(message: string, exitCode: number = exitCodes.failure): Failure {
  return { message, exitCode }
}
