import { expect, it } from 'vitest'
import { describeDay } from './due-day.ts'
import { parseDueDay } from './parse-due-day.ts'

const today = '2026-11-21'

it.each([
  ['2026-12-24', '2026-12-24'],
  ['2020-01-01', '2020-01-01'],
  ['tomorrow', '2026-11-22'],
  ['next friday', '2026-11-27'],
  ['none', null],
])('%s is the day %s', (text, day) => {
  expect(parseDueDay(text, today)).toBe(day)
})

it.each(['', 'soon', '2026-02-30', 'tomorrow #home', 'yesterday', '!high'])(
  '%j is no day',
  (text) => {
    expect(() => parseDueDay(text, today)).toThrow('is no day from today on')
  },
)

it('near days have names, also where the clocks change', () => {
  expect(describeDay('2026-11-20', today)).toBe('yesterday')
  expect(describeDay(today, today)).toBe('today')
  expect(describeDay('2026-03-30', '2026-03-29')).toBe('tomorrow')
  expect(describeDay('2026-11-23', today)).toBe('2026-11-23')
})
