'use client'

import { useSyncExternalStore } from 'react'
import { paperColors, readTheme, THEME_COOKIE, type Theme } from './theme.ts'

/** A year, in seconds. */
const KEPT_FOR = 365 * 24 * 60 * 60

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
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light'
    meta.content = paperColors[theme === 'system' ? own : theme]
  }
  const age = theme === 'system' ? 0 : KEPT_FOR
  // biome-ignore lint/suspicious/noDocumentCookie: The Cookie Store API is asynchronous and not in every browser.
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${age}; SameSite=Lax`
  for (const listener of listeners) listener()
}
