import type { User } from '@tend/contracts'
import type { ReactNode } from 'react'
import { DeleteAccount } from './delete-account.tsx'
import { EmailForm } from './email-form.tsx'
import { ExportAccount } from './export-account.tsx'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { SessionList } from './session-list.tsx'
import { SettingsSection } from './settings-section.tsx'

/**
 * Everything a person can do with their own account, from the harmless to what cannot be taken back. `tasks` are the ways
 * in and out for their tasks.
 */
export function AccountSettings({ user, tasks }: { user: User; tasks: ReactNode }) {
  return (
    <>
      <SettingsSection id="name" title="Name" sentence="How Tend calls you. Nobody else sees it.">
        <NameForm user={user} />
      </SettingsSection>
      <SettingsSection
        id="email"
        title="Email"
        sentence={
          <>
            You sign in with{' '}
            <strong className="font-medium text-ink [overflow-wrap:anywhere]">{user.email}</strong>.
            Another address counts once you have followed the link in the mail we send to it.
          </>
        }
      >
        <EmailForm user={user} />
      </SettingsSection>
      <SettingsSection
        id="password"
        title="Password"
        sentence="Changing it signs you out everywhere but here."
      >
        <PasswordForm user={user} />
      </SettingsSection>
      <SettingsSection
        id="sessions"
        title="Sessions"
        sentence="Where you are signed in. End what you do not know, then change your password."
        isWide
      >
        <SessionList />
      </SettingsSection>
      <SettingsSection
        id="tasks"
        title="Tasks"
        sentence="Take your tasks with you: as JSON for another Tend, as CSV for a spreadsheet. Bring them back from the JSON file; nothing that is here is changed by it."
        isWide
      >
        {tasks}
      </SettingsSection>
      <SettingsSection
        id="export"
        title="Your data"
        sentence="Everything that is stored about you, in one JSON file: your account, sessions and tasks."
      >
        <ExportAccount />
      </SettingsSection>
      <SettingsSection
        id="delete"
        title="Delete account"
        sentence="Your tasks, sessions and account go for good, at once. There is no way back; take your data with you first."
        isApart
      >
        <DeleteAccount userId={user.id} />
      </SettingsSection>
    </>
  )
}
