'use client'

import { useSyncExternalStore } from 'react'

let isOpen = false
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Opens or closes the palette, from anywhere on the page. */
export function showPalette(isWanted: boolean): void {
  isOpen = isWanted
  for (const listener of listeners) listener()
}

/** Whether the palette is wanted. */
export function usePaletteIsOpen(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isOpen,
    () => false,
  )
}
