'use client'

import { CloudOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void) {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** Says that there is no network, as long as the browser knows it. */
export function OfflineNotice() {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  return (
    <div role="status">
      {!isOnline && (
        <p className="flex items-center bg-paper-sunk py-2 pr-3">
          <span className="mr-(--text-inset) grid w-(--margin) shrink-0 place-items-center text-warn">
            <CloudOff aria-hidden size={18} strokeWidth={1.75} />
          </span>
          You are offline. New tasks are kept here until they can be saved; other changes need a
          connection.
        </p>
      )}
    </div>
  )
}
