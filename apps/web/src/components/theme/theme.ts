/** What a person may choose; `system` follows the setting of their machine. */
export const themes = ['light', 'dark', 'system'] as const

export type Theme = (typeof themes)[number]

/** The cookie that keeps the choice. The server reads it, so that no page is painted in the other theme first. */
export const THEME_COOKIE = 'tend.theme'

/** The colour of the paper as browsers put it around the page, by theme: `--paper` in sRGB. */
export const paperColors = { light: '#fbfaf7', dark: '#111512' } as const

/** Reads a choice from the cookie's value or the root element's attribute; all else is `system`. */
export function readTheme(value: string | null | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** Reads a choice from the Cookie header of a request. */
export function readThemeCookie(header = ''): Theme {
  const cookies = header.split(';').map((cookie) => cookie.trim().split('='))
  return readTheme(cookies.find(([name]) => name === THEME_COOKIE)?.[1])
}

/** The colour of the paper in a theme, for either setting of the machine. */
export function describePaper(theme: Theme): { media: string; color: string }[] {
  return (['light', 'dark'] as const).map((scheme) => ({
    media: `(prefers-color-scheme: ${scheme})`,
    color: paperColors[theme === 'system' ? scheme : theme],
  }))
}
