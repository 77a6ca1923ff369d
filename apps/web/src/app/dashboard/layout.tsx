import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { QueryProvider } from '../../api/query-provider.tsx'
import { TendProvider } from '../../api/tend-provider.tsx'
import { requireSession } from '../../auth/current-session.ts'
import { LiveRegion } from '../../components/ui/live-region.tsx'
import { Toaster } from '../../components/ui/toaster.tsx'
import { getEnvironment } from '../../env.ts'
import { AccountGuard } from '../../features/account/account-guard.tsx'
import { LiveTasks } from '../../features/tasks/live/live-tasks.tsx'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  // Before anything is sent: a stranger gets a redirect, never a glimpse of the page.
  const { user } = await requireSession()
  return (
    <TendProvider apiUrl={getEnvironment().NEXT_PUBLIC_API_URL} userId={user.id}>
      <QueryProvider>
        <NuqsAdapter>{children}</NuqsAdapter>
        <AccountGuard userId={user.id} />
        <LiveTasks userId={user.id} />
        <LiveRegion />
        <Toaster />
      </QueryProvider>
    </TendProvider>
  )
}
