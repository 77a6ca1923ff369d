'use client'

import type { User } from '@tend/contracts'
import { useState } from 'react'
import { useTend } from '../../api/tend-provider.tsx'
import { TextField } from '../../components/ui/field.tsx'
import { PasswordField } from '../../components/ui/password-field.tsx'
import { AccountForm } from './account-form.tsx'
import { findEmailProblems } from './form-problems.ts'
import { useAccountForm } from './use-account-form.ts'

/** Asks for another email address. It counts once its owner has followed the link in a mail. */
export function EmailForm({ user }: { user: Pick<User, 'id'> }) {
  const { call } = useTend()
  const [askedFor, setAskedFor] = useState<string | null>(null)
  const form = useAccountForm({
    id: 'email',
    keepFor: user.id,
    proof: 'password',
    read: (typed) => ({ newEmail: typed('newEmail'), password: typed('password') }),
    find: findEmailProblems,
    send: (values) => call(({ account }) => account.changeEmail({ body: values })),
    onSent: (_nothing, { newEmail }) => setAskedFor(newEmail.trim()),
  })
  return (
    <>
      <div role="status">
        {askedFor !== null && (
          <p className="mb-4 border-accent border-l-2 bg-paper-sunk px-3 py-2.5 [overflow-wrap:anywhere]">
            A mail is on its way to {askedFor}. Follow its link within an hour; until then nothing
            changes.
          </p>
        )}
      </div>
      {/* A new form for each address asked for, empty. */}
      <AccountForm
        key={askedFor}
        form={form}
        submitLabel="Change email"
        sendingLabel="Asking…"
        submitLook="quiet"
      >
        <TextField
          id={form.idOf('newEmail')}
          name="newEmail"
          type="email"
          label="New email"
          error={form.errorOf('newEmail')}
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <PasswordField
          id={form.idOf('password')}
          name="password"
          label="Password"
          hint="The one you sign in with, to be sure that it is you."
          error={form.errorOf('password')}
          autoComplete="current-password"
        />
      </AccountForm>
    </>
  )
}
