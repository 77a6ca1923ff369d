/** The calendar day of a moment where this program runs, as `YYYY-MM-DD`: the person's own today, never that of UTC. */
export function calendarDay(moment: Date): string {
  return formatDay(moment.getFullYear(), moment.getMonth() + 1, moment.getDate())
}

/** Writes a day of the calendar as `YYYY-MM-DD`; `month` counts from 1. */
export function formatDay(year: number, month: number, day: number): string {
  const pad = (value: number, length: number) => String(value).padStart(length, '0')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}
