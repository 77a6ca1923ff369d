import { describe, expect, it } from 'vitest'
import { createProblem, type ProblemCode } from '../problem.ts'
import { NetworkError, ProblemError, SessionEndedError } from './errors.ts'
import { retryPassing } from './retry-passing.ts'

function problem(code: ProblemCode, retryAfter?: number): ProblemError {
  const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` })
  return new ProblemError(createProblem(code, { requestId: 'r' }), headers)
}

/** Fails as often as there are failures, then succeeds; notes how long it was waited. */
async function play(...failures: Error[]) {
  const waits: number[] = []
  let calls = 0
  const outcome = await retryPassing(
    async () => {
      const failure = failures[calls]
      calls += 1
      if (failure) throw failure
      return 'done'
    },
    async (milliseconds) => void waits.push(milliseconds),
  ).catch((error: unknown) => error)
  return { outcome, calls, waits }
}

describe('a call that may be made again', () => {
  it('outlives three failures, waiting longer each time', async () => {
    const { outcome, waits } = await play(
      new NetworkError('no connection yet'),
      problem('UNAVAILABLE'),
      problem('INTERNAL_ERROR'),
    )
    expect(outcome).toBe('done')
    expect(waits).toHaveLength(3)
    expect(waits).toEqual([...waits].sort((one, other) => one - other))
  })

  it('gives up at the fourth failure and says which it was', async () => {
    const last = new NetworkError('the last one')
    const other = new NetworkError('another')
    expect(await play(other, other, other, last)).toMatchObject({ outcome: last, calls: 4 })
  })

  it.each([
    ['the end of the session', new SessionEndedError('over')],
    ['a foreign origin', problem('ORIGIN_REFUSED')],
    ['a wait that is too long', problem('RATE_LIMITED', 60)],
  ])('is made once in the face of %s', async (_name, failure) => {
    expect(await play(failure)).toMatchObject({ outcome: failure, calls: 1 })
  })

  it('waits as long as the server asks', async () => {
    const { outcome, waits } = await play(problem('UNAVAILABLE', 5))
    expect(outcome).toBe('done')
    expect(waits[0]).toBeGreaterThanOrEqual(5000)
  })
})
