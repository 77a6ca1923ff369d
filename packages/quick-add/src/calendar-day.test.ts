import { afterEach, describe, expect, it } from 'vitest'
import { calendarDay } from './calendar-day.ts'
import { parseQuickAdd } from './parse-quick-add.ts'

const zone = process.env.TZ

afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

describe('the calendar day', () => {
  it.each([
    ['Pacific/Auckland', '2026-11-21T10:59:59.999Z', '2026-11-21', '2026-11-22'],
    ['Pacific/Auckland', '2026-11-21T11:00:00.000Z', '2026-11-22', '2026-11-23'],
    ['Pacific/Auckland', '2026-11-21T23:59:59.999Z', '2026-11-22', '2026-11-23'],
    ['America/Los_Angeles', '2026-11-21T07:59:59.999Z', '2026-11-20', '2026-11-21'],
    ['America/Los_Angeles', '2026-11-21T08:00:00.000Z', '2026-11-21', '2026-11-22'],
    ['America/Los_Angeles', '2026-11-22T00:00:00.000Z', '2026-11-21', '2026-11-22'],
    // The nights in which the clocks change.
    ['America/Los_Angeles', '2026-11-01T08:30:00.000Z', '2026-11-01', '2026-11-02'],
    ['Pacific/Auckland', '2026-09-26T13:30:00.000Z', '2026-09-27', '2026-09-28'],
    ['UTC', '2026-12-31T23:59:59.999Z', '2026-12-31', '2027-01-01'],
  ])('in %s at %s is %s, and tomorrow is %s', (timeZone, moment, day, tomorrow) => {
    process.env.TZ = timeZone
    const today = calendarDay(new Date(moment))
    expect(today).toBe(day)
    expect(parseQuickAdd('x today', { today }).dueDate).toBe(day)
    expect(parseQuickAdd('x tomorrow', { today }).dueDate).toBe(tomorrow)
    expect(parseQuickAdd('x in 1 day', { today }).dueDate).toBe(tomorrow)
  })
})
