import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { QueryProvider } from '../../api/query-provider.tsx'
import { TendProvider } from '../../api/tend-provider.tsx'
import { requireSession } from '../../auth/current-session.ts'
import { NotebookPage } from '../../components/notebook-page.tsx'
import { ThemeSwitch } from '../../components/theme/theme-switch.tsx'
import { LiveRegion } from '../../components/ui/live-region.tsx'
import { Toaster } from '../../components/ui/toaster.tsx'
import { getEnvironment } from '../../env.ts'
import { AccountGuard } from '../../features/account/account-guard.tsx'
import { AccountMenu } from '../../features/account/account-menu.tsx'
import { AccountSettings } from '../../features/account/account-settings.tsx'
import { EmailChangeNote } from '../../features/account/email-change-note.tsx'
import { readEmailLinkOutcome } from '../../features/account/email-link-outcome.ts'
import { SettingsSection } from '../../features/account/settings-section.tsx'
import { TaskTransfer } from '../../features/tasks/transfer/task-transfer.tsx'
import { getCurrentTheme } from '../current-theme.ts'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage({ searchParams }: PageProps<'/settings'>) {
  const { email, error } = await searchParams
  // The link that confirms a new address leads here, in whatever browser it was opened.
  const outcome = email === 'changed' ? readEmailLinkOutcome(error) : null
  const { user } = await requireSession()
  return (
    <TendProvider apiUrl={getEnvironment().NEXT_PUBLIC_API_URL} userId={user.id}>
      <QueryProvider>
        <NotebookPage home="/dashboard" corner={<AccountMenu user={user} />}>
          <main className="pt-6 pb-24 pl-(--text-edge)">
            <Link
              href="/dashboard"
              className="-ml-1 inline-flex h-8 items-center gap-1 rounded-control pr-2 text-ink-muted text-meta hover:text-ink pointer-coarse:h-11"
            >
              <ArrowLeft aria-hidden size={16} strokeWidth={1.75} />
              Your tasks
            </Link>
            <h1 className="pt-2 font-medium text-view">Settings</h1>
            {outcome !== null && <EmailChangeNote outcome={outcome} email={user.email} />}
            <SettingsSection
              id="appearance"
              title="Appearance"
              sentence="Light, dark, or as the system has it. It is kept in this browser."
            >
              <ThemeSwitch atFirst={await getCurrentTheme()} hasRoom />
            </SettingsSection>
            <AccountSettings user={user} tasks={<TaskTransfer />} />
          </main>
        </NotebookPage>
        <AccountGuard userId={user.id} />
        <LiveRegion />
        <Toaster />
      </QueryProvider>
    </TendProvider>
  )
}
