import { describe, expect, it } from 'vitest'
import { listWeeks, moveDay, moveMonth, readFirstWeekday, startOfWeek } from './month-days.ts'

describe('days of the calendar', () => {
  it('are moved over the ends of months and years, and over changes of the clocks', () => {
    expect(moveDay('2026-12-31', 1)).toBe('2027-01-01')
    expect(moveDay('2028-03-01', -1)).toBe('2028-02-29')
    expect(moveDay('2026-03-28', 2)).toBe('2026-03-30')
  })

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('%s moved by %s months is %s', (day, months, moved) => {
    expect(moveMonth(day, months)).toBe(moved)
  })

  it('end where years have no longer four digits', () => {
    expect(moveMonth('9999-12-15', 12)).toBe('9999-12-31')
    expect(moveDay('0001-01-01', -1)).toBe('0001-01-01')
  })

  it('fill six weeks, whatever the month', () => {
    const weeks = listWeeks('2027-02-10', 1)
    expect(weeks).toHaveLength(6)
    expect(weeks[0]?.[0]).toBe('2027-02-01')
    expect(weeks[5]?.[6]).toBe('2027-03-14')
    expect(listWeeks('2026-11-21', 0)[0]).toEqual(
      ['01', '02', '03', '04', '05', '06', '07'].map((date) => `2026-11-${date}`),
    )
  })

  it('begin their week where the person is used to', () => {
    expect(startOfWeek('2026-11-21', 1)).toBe('2026-11-16')
    expect(startOfWeek('2026-11-21', 0)).toBe('2026-11-15')
    expect(startOfWeek('2026-11-22', 1)).toBe('2026-11-16')
    expect(readFirstWeekday('en-US')).toBe(0)
    expect(readFirstWeekday('de-DE')).toBe(1)
    expect(readFirstWeekday('no such place')).toBe(1)
  })
})
