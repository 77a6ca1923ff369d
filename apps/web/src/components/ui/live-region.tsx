'use client'

import { useSyncExternalStore } from 'react'

let message = ''
const listeners = new Set<() => void>()

/** Has screen readers say a sentence when they are done with what they are saying. */
export function announce(sentence: string): void {
  // The same sentence twice in a row changes nothing on the page and would stay unsaid.
  message = sentence === message ? `${sentence}\u00a0` : sentence
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The place where announced sentences stand, once on a page. */
export function LiveRegion() {
  const sentence = useSyncExternalStore(
    subscribe,
    () => message,
    () => '',
  )
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {sentence}
    </p>
  )
}
