import { paperColors, THEME_COOKIE } from './theme.ts'

/** What `showTheme` needs to know; as JSON where a page has no other scripts. */
export const themeSettings = {
  cookie: THEME_COOKIE,
  /** A year, in seconds. */
  keptFor: 365 * 24 * 60 * 60,
  colors: paperColors,
}

/**
 * Shows the page in a theme at once, and keeps the choice in this browser. Whatever is no theme of its own is `system`.
 * The landing page holds the text of this function, so it may use nothing from outside itself.
 */
export function showTheme(chosen: string, settings: typeof themeSettings): void {
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : null
  const root = document.documentElement
  if (theme === null) delete root.dataset.theme
  else root.dataset.theme = theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.content = settings.colors[theme ?? (meta.media.includes('dark') ? 'dark' : 'light')]
  }
  const age = theme === null ? 0 : settings.keptFor
  // biome-ignore lint/suspicious/noDocumentCookie: The Cookie Store API is asynchronous and not in every browser.
  document.cookie = `${settings.cookie}=${theme ?? ''}; Path=/; Max-Age=${age}; SameSite=Lax`
}
