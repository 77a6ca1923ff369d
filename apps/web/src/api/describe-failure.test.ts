import { createProblem } from '@tend/contracts'
import { NetworkError, ProblemError } from '@tend/contracts/client'
import { expect, it } from 'vitest'
import { describeFailure, describeWait } from './describe-failure.ts'

it.each([
  [null, 'in a moment'],
  [0, 'in a moment'],
  [40, 'in 40 seconds'],
  [90, 'in 90 seconds'],
  [91, 'in 2 minutes'],
  [240, 'in 4 minutes'],
  [86_400, 'in 24 hours'],
])('says a wait of %s seconds as "%s"', (seconds, words) => {
  expect(describeWait(seconds)).toBe(words)
})

it('tells a lost connection from a fault of the server', () => {
  const fault = new ProblemError(
    createProblem('INTERNAL_ERROR', { requestId: 'request-7' }),
    new Headers(),
  )
  expect(describeFailure(new NetworkError('refused'))).toContain('cannot be reached')
  expect(describeFailure(fault)).toContain('report request-7')
})

it('says how long to wait after too many requests', () => {
  const problem = createProblem('RATE_LIMITED', { requestId: 'r' })
  const error = new ProblemError(problem, new Headers({ 'retry-after': '12' }))
  expect(describeFailure(error)).toBe('That was a lot at once. Try again in 12 seconds.')
})
