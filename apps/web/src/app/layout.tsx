import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { paperColors } from '../components/theme/theme.ts'
import '../styles/global.css'
import { getCurrentTheme } from './current-theme.ts'
import { faces } from './fonts.ts'

export const metadata: Metadata = {
  title: { default: 'Tend', template: '%s · Tend' },
  description: 'A task list that stays out of the way. It runs on your own server.',
  applicationName: 'Tend',
  appleWebApp: { capable: true, title: 'Tend', statusBarStyle: 'default' },
  formatDetection: { telephone: false, date: false, email: false, address: false },
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await getCurrentTheme()
  return {
    themeColor: (['light', 'dark'] as const).map((scheme) => ({
      media: `(prefers-color-scheme: ${scheme})`,
      color: paperColors[theme === 'system' ? scheme : theme],
    })),
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The policy's nonce is new for every request, so no page may be rendered ahead.
  await connection()
  const theme = await getCurrentTheme()
  return (
    <html lang="en" className={faces} data-theme={theme === 'system' ? undefined : theme}>
      <body>{children}</body>
    </html>
  )
}
