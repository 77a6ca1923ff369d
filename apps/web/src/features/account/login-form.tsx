'use client'

import { unwrap } from '@tend/contracts/client'
import { useTend } from '../../api/tend-provider.tsx'
import { TextField } from '../../components/ui/field.tsx'
import { PasswordField } from '../../components/ui/password-field.tsx'
import { AccountForm } from './account-form.tsx'
import { useCarriedEmail } from './carried-email.tsx'
import { findLoginProblems } from './form-problems.ts'
import { useAccountForm } from './use-account-form.ts'

/** Signs a person in and goes on to `next`, a path of this site. */
export function LoginForm({ next }: { next: string }) {
  const { auth } = useTend()
  const { email, carryEmail } = useCarriedEmail()
  const form = useAccountForm({
    find: findLoginProblems,
    send: (values) => unwrap(auth.login({ body: values })),
    next,
  })
  return (
    <AccountForm
      refusal={form.refusal}
      isSending={form.isSending}
      submitLabel="Sign in"
      sendingLabel="Signing in…"
      onSubmit={(data) => void form.submit(data)}
    >
      <TextField
        id="email"
        name="email"
        type="email"
        label="Email"
        error={form.errorOf('email')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={email}
        onInput={(event) => carryEmail(event.currentTarget.value)}
      />
      <PasswordField
        id="password"
        name="password"
        label="Password"
        error={form.errorOf('password')}
        autoComplete="current-password"
      />
    </AccountForm>
  )
}
