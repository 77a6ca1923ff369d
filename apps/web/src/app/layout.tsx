import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import '../styles/global.css'
import { faces } from './fonts.ts'

export const metadata: Metadata = {
  title: { default: 'Tend', template: '%s · Tend' },
  description: 'A task list that stays out of the way. It runs on your own server.',
  applicationName: 'Tend',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#111512' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The policy's nonce is new for every request, so no page may be rendered ahead.
  await connection()
  return (
    <html lang="en" className={faces}>
      <body>{children}</body>
    </html>
  )
}
