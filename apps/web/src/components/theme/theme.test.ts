import { describe, expect, it } from 'vitest'
import { describePaper, readThemeCookie } from './theme.ts'

describe('the theme of a request', () => {
  it.each([
    ['tend.theme=dark', 'dark'],
    ['tend.session_token=a=b; tend.theme=light', 'light'],
    [undefined, 'system'],
    ['', 'system'],
    ['not.tend.theme=dark', 'system'],
    ['tend.theme="><script>', 'system'],
  ])('is read from its cookies: %j is %s', (header, theme) => {
    expect(readThemeCookie(header)).toBe(theme)
  })

  it('colours what browsers put around the page, also against the setting of the machine', () => {
    const colors = describePaper('dark').map(({ color }) => color)
    expect(new Set(colors).size).toBe(1)
    const [light, dark] = describePaper('system')
    expect(light?.media).toContain('light')
    expect(dark?.color).toBe(colors[0])
    expect(light?.color).not.toBe(dark?.color)
  })
})
