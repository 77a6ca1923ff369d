import { expect, it } from 'vitest'
import { describeDueDate, spellDate } from './describe-due-date.ts'

// A Saturday.
const today = '2026-11-21'

it.each([
  ['2026-11-20', 'yesterday'],
  ['2026-11-21', 'today'],
  ['2026-11-22', 'tomorrow'],
  ['2026-11-23', 'Mon'],
  ['2026-11-27', 'Fri'],
  ['2026-11-28', 'Sat 28 Nov'],
  ['2026-11-19', 'Thu 19 Nov'],
  ['2026-12-05', 'Sat 5 Dec'],
  ['2027-01-04', 'Mon 4 Jan'],
  ['2027-12-05', '5 Dec 2027'],
  ['2025-12-31', '31 Dec 2025'],
])('says %s as %s', (day, words) => {
  expect(describeDueDate(day, today)).toBe(words)
})

it('reckons over the end of a year, and over a change of the clocks', () => {
  expect(describeDueDate('2027-01-01', '2026-12-31')).toBe('tomorrow')
  expect(describeDueDate('2027-03-29', '2027-03-28')).toBe('tomorrow')
})

it('says the whole date', () => {
  expect(spellDate('2026-12-05')).toBe('Saturday, 5 December 2026')
})
