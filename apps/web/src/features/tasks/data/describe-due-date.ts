const DAY = 24 * 60 * 60 * 1000

const weekday = format({ weekday: 'short' })
const shortDay = format({ weekday: 'short', day: 'numeric', month: 'short' })
const shortDayOfYear = format({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const dayOfYear = format({ day: 'numeric', month: 'short', year: 'numeric' })
const wholeDay = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** A day as people say it, seen from `today` (both `YYYY-MM-DD`): today, tomorrow, Fri, Fri 5 Dec, 5 Dec 2027. */
export function describeDueDate(day: string, today: string): string {
  const distance = Math.round((momentOf(day) - momentOf(today)) / DAY)
  if (distance === 0) return 'today'
  if (distance === 1) return 'tomorrow'
  if (distance === -1) return 'yesterday'
  const moment = momentOf(day)
  if (distance > 0 && distance < 7) return weekday.format(moment)
  const isNear = day.slice(0, 4) === today.slice(0, 4) || (distance > 0 && distance < 120)
  return (isNear ? shortDay : dayOfYear).format(moment).replace(',', '')
}

/** A coming day as the heading of its tasks: Tomorrow, Mon 23 Nov, Tue 5 Jan 2027. */
export function headDay(day: string, today: string): string {
  if (momentOf(day) - momentOf(today) === DAY) return 'Tomorrow'
  const isThisYear = day.slice(0, 4) === today.slice(0, 4)
  return (isThisYear ? shortDay : shortDayOfYear).format(momentOf(day)).replace(',', '')
}

/** The same day in full, for a hint and for screen readers: Friday, 5 December 2026. */
export function spellDate(day: string): string {
  return wholeDay.format(momentOf(day)).replace(/^(\p{L}+) /u, '$1, ')
}

/** Midnight in UTC, for reckoning with days that have no time zone. */
function momentOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

// The words around a date are English, so the date is too.
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
}
