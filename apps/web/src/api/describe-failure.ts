import { NetworkError, ProblemError, SessionEndedError } from '@tend/contracts/client'

/** Says what went wrong with a call and what to do next, in one or two sentences for the person. */
export function describeFailure(error: Error): string {
  if (error instanceof NetworkError) {
    return 'Tend cannot be reached. Check your connection and try again.'
  }
  if (error instanceof SessionEndedError) return 'You have been signed out. Sign in again.'
  if (error instanceof ProblemError) return describeProblem(error)
  return 'The server answered in a way this page does not understand. Reload the page and try again.'
}

function describeProblem({ problem, retryAfter }: ProblemError): string {
  switch (problem.code) {
    case 'RATE_LIMITED':
      return `That was a lot at once. Try again ${describeWait(retryAfter)}.`
    case 'UNAVAILABLE':
    case 'REQUEST_TIMEOUT':
      return `Tend is not available right now. Try again ${describeWait(retryAfter)}.`
    case 'NO_SESSION':
      return 'You have been signed out. Sign in again.'
    case 'TASK_NOT_FOUND':
      return 'It has been deleted somewhere else.'
    case 'VALIDATION_FAILED':
      return `${problem.errors?.[0]?.message ?? problem.title}.`
    case 'ORIGIN_REFUSED':
      return 'This page was opened under an address that Tend does not know. Open it under its own address.'
    default:
      return `Something went wrong on our side. Try again, and if it stays, report ${problem.requestId}.`
  }
}

/** Says a wait as people do: "in 40 seconds", "in 4 minutes", rounded up; "in a moment" when it is not known. */
export function describeWait(seconds: number | null): string {
  if (seconds === null || seconds < 2) return 'in a moment'
  if (seconds <= 90) return `in ${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  if (minutes <= 90) return `in ${minutes} minutes`
  return `in ${Math.ceil(minutes / 60)} hours`
}
