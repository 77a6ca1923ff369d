const DAY = 86_400_000

/** Says the day of a moment as people do: "today", "yesterday", "on Fri 5 Dec", and the year when it is another one. */
export function describeDay(moment: string, now: Date = new Date()): string {
  const date = new Date(moment)
  const daysAgo = Math.round((startOfDay(now) - startOfDay(date)) / DAY)
  if (daysAgo <= 0) return 'today'
  if (daysAgo === 1) return 'yesterday'
  const isThisYear = date.getFullYear() === now.getFullYear()
  const words = new Intl.DateTimeFormat('en-GB', {
    ...(isThisYear ? { weekday: 'short' } : { year: 'numeric' }),
    day: 'numeric',
    month: 'short',
  }).format(date)
  return `on ${words.replace(',', '')}`
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
