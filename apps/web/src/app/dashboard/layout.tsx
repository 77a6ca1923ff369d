import Link from 'next/link'
import type { ReactNode } from 'react'
import { QueryProvider } from '../../api/query-provider.tsx'
import { TendProvider } from '../../api/tend-provider.tsx'
import { requireSession } from '../../auth/current-session.ts'
import { LiveRegion } from '../../components/ui/live-region.tsx'
import { Toaster } from '../../components/ui/toaster.tsx'
import { Wordmark } from '../../components/wordmark.tsx'
import { getEnvironment } from '../../env.ts'
import { AccountGuard } from '../../features/account/account-guard.tsx'
import { AccountMenu } from '../../features/account/account-menu.tsx'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  // Before anything is sent: a stranger gets a redirect, never a glimpse of the page.
  const { user } = await requireSession('/dashboard')
  return (
    <TendProvider apiUrl={getEnvironment().NEXT_PUBLIC_API_URL}>
      <QueryProvider>
        <div className="mx-auto w-full max-w-[46.75rem] pr-4 pl-1 sm:px-4">
          <header className="flex items-center justify-between pt-3">
            <Link href="/dashboard" className="inline-flex rounded-control pr-2">
              <Wordmark />
            </Link>
            <AccountMenu user={user} />
          </header>
          {children}
        </div>
        <AccountGuard userId={user.id} />
        <LiveRegion />
        <Toaster />
      </QueryProvider>
    </TendProvider>
  )
}
