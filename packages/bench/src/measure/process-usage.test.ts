import { expect, it } from 'vitest'
import { parseStat } from './process-usage.ts'

it('reads the times of a process whatever its name', () => {
  const text =
    '18456 (node) R 2 (x)) S 18451 18451 11856 0 -1 4194304 99 0 0 0 120 30 7 5 20 0 11 0 1213302'
  expect(parseStat(text)).toEqual({ parent: 18451, own: 1500, reaped: 120 })
})
