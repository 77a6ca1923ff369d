import { calendarDay } from '@tend/quick-add/calendar-day'

/** The person's own date. */
export function readToday(): string {
  return calendarDay(new Date())
}

/** A day as people say it, when it is near. */
export function describeDay(day: string, today: string): string {
  const distance = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000)
  const near = new Map([
    [-1, 'yesterday'],
    [0, 'today'],
    [1, 'tomorrow'],
  ])
  return near.get(distance) ?? day
}
