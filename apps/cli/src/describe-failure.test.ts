import { createProblem, type ProblemCode, problems } from '@tend/contracts'
import { NetworkError, ProblemError, SessionEndedError } from '@tend/contracts/client'
import { describe, expect, it } from 'vitest'
import { describeFailure } from './describe-failure.ts'

function makeProblem(code: ProblemCode, headers = {}): ProblemError {
  return new ProblemError(createProblem(code, { requestId: 'r-1' }), new Headers(headers))
}

describe('a failure', () => {
  it.each(Object.keys(problems) as ProblemCode[])('of the kind %s is one sentence', (code) => {
    const { message, exitCode } = describeFailure(makeProblem(code))
    expect(message).toMatch(/^[A-Z][^\n]+[^.!]$/)
    expect(exitCode).toBe(['INVALID_TOKEN', 'NO_SESSION'].includes(code) ? 3 : 1)
  })

  it('says how long to wait', () => {
    const { message } = describeFailure(makeProblem('RATE_LIMITED', { 'retry-after': '7' }))
    expect(message).toBe('Too many requests: try again in 7 seconds')
  })

  it('names the field that was refused', () => {
    const errors = [{ path: ['body', 'labels', 0], code: 'too_big', message: 'Must be shorter' }]
    const problem = createProblem('VALIDATION_FAILED', { requestId: 'r-1', errors })
    const { message } = describeFailure(new ProblemError(problem, new Headers()))
    expect(message).toBe('The server refused a value: labels.0 Must be shorter')
  })

  it('tells an ended session from a server that is away', () => {
    expect(describeFailure(new SessionEndedError('x')).exitCode).toBe(3)
    expect(describeFailure(new NetworkError('No answer from http://localhost:4000'))).toEqual({
      message:
        'No answer from http://localhost:4000: check that Tend is running there and that the network is up',
      exitCode: 1,
    })
  })
})
