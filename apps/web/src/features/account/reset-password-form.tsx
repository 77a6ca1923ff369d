'use client'

import { useEffect, useRef } from 'react'
import { useTend } from '../../api/tend-provider.tsx'
import { PasswordField } from '../../components/ui/password-field.tsx'
import { AccountForm } from './account-form.tsx'
import { findResetProblems } from './form-problems.ts'
import { leaveAccount } from './leave-account.ts'
import { LinkExpired } from './link-expired.tsx'
import { newPasswordHint } from './new-password-hint.ts'
import { useAccountForm } from './use-account-form.ts'

/** Sets a new password with the token of a link from a mail, and goes on to signing in. */
export function ResetPasswordForm({ token }: { token: string }) {
  const { call } = useTend()
  const form = useAccountForm({
    read: (typed) => ({ newPassword: typed('newPassword') }),
    find: findResetProblems,
    send: ({ newPassword }) =>
      call(({ account }) => account.resetPassword({ body: { token, newPassword } })),
    onSent: () => leaveAccount('/login?reset=1'),
    isLeaving: true,
  })
  if (form.refusal?.code === 'LINK_EXPIRED') return <ExpiredNow />
  return (
    <>
      <p className="-mt-2 pb-5 text-ink-muted">
        Choose a new password. Setting it ends your sessions on all devices.
      </p>
      <AccountForm form={form} submitLabel="Set password" sendingLabel="Setting your password…">
        <PasswordField
          id={form.idOf('newPassword')}
          name="newPassword"
          label="New password"
          hint={newPasswordHint}
          error={form.errorOf('newPassword')}
          autoComplete="new-password"
        />
      </AccountForm>
    </>
  )
}

function ExpiredNow() {
  const note = useRef<HTMLDivElement>(null)
  useEffect(() => note.current?.focus(), [])
  return (
    <div ref={note} role="alert" tabIndex={-1}>
      <LinkExpired />
    </div>
  )
}
