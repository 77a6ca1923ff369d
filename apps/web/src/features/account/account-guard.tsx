'use client'

import { useEffect } from 'react'
import { leaveForLogin } from '../../api/leave-for-login.ts'
import { onAccountChange } from './account-channel.ts'

/** Keeps a page from showing one person's tasks after another tab has signed that person out. */
export function AccountGuard({ userId }: { userId: string }) {
  useEffect(
    () =>
      onAccountChange((current) => {
        if (current === null) leaveForLogin()
        else if (current !== userId) window.location.reload()
      }),
    [userId],
  )

  useEffect(() => {
    // Coming back with the browser's Back button may show the page as it was left, signed out or not.
    const onShow = (event: PageTransitionEvent) => event.persisted && window.location.reload()
    window.addEventListener('pageshow', onShow)
    return () => window.removeEventListener('pageshow', onShow)
  }, [])

  return null
}
