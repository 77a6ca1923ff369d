import type { showTheme, themeSettings } from './show-theme.ts'

/**
 * Makes a theme switch work in a page without React: what is chosen is shown. The page holds the text of this function,
 * so it may use nothing from outside itself.
 */
export function followThemeSwitch(show: typeof showTheme, settings: typeof themeSettings): void {
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === 'theme') show(target.value, settings)
  })
}
