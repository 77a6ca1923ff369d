import { expect, it } from 'vitest'
import { planCalls } from './scenarios.ts'

const people = Array.from({ length: 200 }, (_, index) => ({
  id: `person-${index}`,
  email: '',
  taskIds: [`task-of-${index}`],
}))

it('asks all servers the same, and something else in the next round', () => {
  const first = planCalls('mix', people, { count: 500, seed: 1 })
  expect(planCalls('mix', people, { count: 500, seed: 1 })).toEqual(first)
  expect(planCalls('mix', people, { count: 500, seed: 2 })).not.toEqual(first)
})

it('mixes four reads with each write', () => {
  const calls = planCalls('mix', people, { count: 5_000, seed: 3 })
  const reads = calls.filter(({ kind }) => kind === 'list' || kind === 'read')
  expect(reads.length / calls.length).toBeCloseTo(0.8, 1)
})

it('asks for tasks that the person has, in the name of a hundred people', () => {
  const calls = planCalls('toggle', people, { count: 5_000, seed: 4 })
  expect(new Set(calls.map(({ userId }) => userId)).size).toBe(100)
  for (const call of calls) {
    expect(call).toEqual({
      kind: 'toggle',
      userId: call.userId,
      id: call.userId.replace('person', 'task-of'),
    })
  }
})
