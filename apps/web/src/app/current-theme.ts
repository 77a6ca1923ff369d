import { cookies } from 'next/headers'
import { readTheme, THEME_COOKIE, type Theme } from '../components/theme/theme.ts'

/** The theme that the person has chosen in this browser. */
export async function getCurrentTheme(): Promise<Theme> {
  return readTheme((await cookies()).get(THEME_COOKIE)?.value)
}
