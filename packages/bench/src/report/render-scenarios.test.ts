import { expect, it } from 'vitest'
import { renderScales, renderSignIn } from './render-scenarios.ts'

it('says of a million tasks, at each scale, whether they cost more than they may', () => {
  const text = renderScales([
    { people: 2_000, tasksEach: 500, ratios: { read: 1.04 } },
    { people: 10_000, tasksEach: 100, ratios: { read: 1.2 } },
  ])
  expect(text).toContain('| 2,000 people with 500 tasks each | 10,000 people with 100 tasks each |')
  expect(text).toContain('| Read one | 1.04 (met) | 1.20 (not met) |')
})

it('says of signing in whether it takes longer than it may', () => {
  const text = renderSignIn({ alone: 52.4, together: 1_200 })
  expect(text).toContain('52 ms one at a time (< 150 ms: met)')
  expect(text).toContain('1200 ms with 20 people at once (< 1000 ms: not met)')
})
