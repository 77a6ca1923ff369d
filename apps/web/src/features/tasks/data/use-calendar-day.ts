'use client'

import { calendarDay } from '@tend/quick-add/calendar-day'
import { useSyncExternalStore } from 'react'

/** The date here, `YYYY-MM-DD`, as it changes. While the page is taken over it is the one the server has rendered with. */
export function useCalendarDay(serverToday: string): string {
  return useSyncExternalStore(
    followDay,
    () => calendarDay(new Date()),
    () => serverToday,
  )
}

function followDay(onChange: () => void): () => void {
  let timer = waitForMidnight()
  // A machine that slept through midnight has let no timer run.
  const onWake = () => document.visibilityState === 'visible' && onChange()
  document.addEventListener('visibilitychange', onWake)

  function waitForMidnight() {
    const now = new Date()
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
    return setTimeout(() => {
      onChange()
      timer = waitForMidnight()
    }, midnight.getTime() - now.getTime())
  }

  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onWake)
  }
}
