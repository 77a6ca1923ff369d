import { expect, it } from 'vitest'
import { describeDay } from './describe-day.ts'

const now = new Date(2026, 11, 8, 0, 30)

it.each([
  [new Date(2026, 11, 8, 0, 5), 'today'],
  [new Date(2026, 11, 8, 9, 0), 'today'],
  [new Date(2026, 11, 7, 23, 59), 'yesterday'],
  [new Date(2026, 11, 4, 12, 0), 'on Fri 4 Dec'],
  [new Date(2025, 11, 31, 12, 0), 'on 31 Dec 2025'],
])('says the day of %s', (moment, words) => {
  expect(describeDay(moment.toISOString(), now)).toBe(words)
})
