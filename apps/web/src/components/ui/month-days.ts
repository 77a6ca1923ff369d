const DAY = 24 * 60 * 60 * 1000

/** A day moved by days; all days are `YYYY-MM-DD`, without a time zone. */
export function moveDay(day: string, days: number): string {
  return dayOf(momentOf(day) + days * DAY)
}

/** The same day of another month, or that month's last one when it is shorter. */
export function moveMonth(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const target = new Date(0)
  target.setUTCFullYear(year, month - 1 + months, 1)
  const last = new Date(target)
  last.setUTCMonth(target.getUTCMonth() + 1, 0)
  target.setUTCDate(Math.min(date, last.getUTCDate()))
  return dayOf(target.getTime())
}

/** The day of the week: 0 is Sunday. */
function weekdayOf(day: string): number {
  return new Date(momentOf(day)).getUTCDay()
}

/** The first day of the week that a day is in. */
export function startOfWeek(day: string, firstWeekday: number): string {
  return moveDay(day, -((weekdayOf(day) - firstWeekday + 7) % 7))
}

/** The weeks that show the month of a day, always six, so that no month is taller than another. */
export function listWeeks(day: string, firstWeekday: number): string[][] {
  const start = startOfWeek(`${day.slice(0, 8)}01`, firstWeekday)
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_unused, index) => moveDay(start, week * 7 + index)),
  )
}

/** The day on which weeks begin where the person is: Sunday in the United States, Monday in most of the world. */
export function readFirstWeekday(locale: string): number {
  try {
    const known: Intl.Locale & { getWeekInfo?: () => { firstDay: number } } = new Intl.Locale(
      locale,
    )
    return (known.getWeekInfo?.().firstDay ?? 1) % 7
  } catch {
    return 1
  }
}

function momentOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

// The years that can be written with four digits, the first of which PostgreSQL does not know.
const FIRST = Date.parse('0001-01-01')
const LAST = Date.parse('9999-12-31')

function dayOf(moment: number): string {
  return new Date(Math.min(Math.max(moment, FIRST), LAST)).toISOString().slice(0, 10)
}
