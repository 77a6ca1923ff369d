'use client'

import { useSyncExternalStore } from 'react'

const subscribe = () => () => {}

/** Whether the page is alive: false in the server's HTML and until React has taken it over. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  )
}
