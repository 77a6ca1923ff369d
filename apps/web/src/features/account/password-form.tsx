'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { User } from '@tend/contracts'
import { useState } from 'react'
import { useTend } from '../../api/tend-provider.tsx'
import { PasswordField } from '../../components/ui/password-field.tsx'
import { toast } from '../../components/ui/toast.ts'
import { AccountForm } from './account-form.tsx'
import { findPasswordProblems } from './form-problems.ts'
import { newPasswordHint } from './new-password-hint.ts'
import { refreshSessions } from './session-queries.ts'
import { useAccountForm } from './use-account-form.ts'

/** Changes the password, which ends all other sessions. */
export function PasswordForm({ user }: { user: Pick<User, 'email'> }) {
  const { call } = useTend()
  const queryClient = useQueryClient()
  const [changes, setChanges] = useState(0)
  const form = useAccountForm({
    id: 'password',
    proof: 'currentPassword',
    read: (typed) => ({
      currentPassword: typed('currentPassword'),
      newPassword: typed('newPassword'),
    }),
    find: findPasswordProblems,
    send: (values) => call(({ account }) => account.changePassword({ body: values })),
    onSent: () => {
      toast('Password changed. All other sessions have ended.')
      setChanges(changes + 1)
      void refreshSessions(queryClient)
    },
  })
  return (
    <AccountForm
      key={changes}
      form={form}
      submitLabel="Change password"
      sendingLabel="Changing…"
      submitLook="quiet"
    >
      {/* For password managers, which otherwise do not know whose password changes. */}
      <input hidden readOnly type="email" autoComplete="username" value={user.email} />
      <PasswordField
        id={form.idOf('currentPassword')}
        name="currentPassword"
        label="Current password"
        error={form.errorOf('currentPassword')}
        autoComplete="current-password"
      />
      <PasswordField
        id={form.idOf('newPassword')}
        name="newPassword"
        label="New password"
        hint={newPasswordHint}
        error={form.errorOf('newPassword')}
        autoComplete="new-password"
      />
    </AccountForm>
  )
}
