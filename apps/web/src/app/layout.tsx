import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { site } from '../components/site.ts'
import { describePaper } from '../components/theme/theme.ts'
import { faces } from '../styles/fonts.ts'
import '../styles/global.css'
import { getCurrentTheme } from './current-theme.ts'

export const metadata: Metadata = {
  title: { default: site.name, template: `%s · ${site.name}` },
  description: site.description,
  applicationName: site.name,
  appleWebApp: { capable: true, title: site.name, statusBarStyle: 'default' },
  formatDetection: { telephone: false, date: false, email: false, address: false },
}

export async function generateViewport(): Promise<Viewport> {
  return { themeColor: describePaper(await getCurrentTheme()) }
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
