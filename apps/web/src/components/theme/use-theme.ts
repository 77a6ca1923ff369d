'use client'

import { useSyncExternalStore } from 'react'
import { showTheme, themeSettings } from './show-theme.ts'
import { readTheme, type Theme } from './theme.ts'

const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const readCurrent = () => readTheme(document.documentElement.dataset.theme)

/** The chosen theme. `atFirst` is the server's, which it has from the cookie. */
export function useTheme(atFirst: Theme = 'system'): Theme {
  return useSyncExternalStore(subscribe, readCurrent, () => atFirst)
}

/** Shows the page in a theme at once, and keeps the choice in this browser. */
export function chooseTheme(theme: Theme): void {
  showTheme(theme, themeSettings)
  for (const listener of listeners) listener()
}
