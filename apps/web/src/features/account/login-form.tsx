'use client'

import { useTend } from '../../api/tend-provider.tsx'
import { PasswordField } from '../../components/ui/password-field.tsx'
import { AccountForm } from './account-form.tsx'
import { EmailField } from './email-field.tsx'
import { enterAccount } from './enter-account.ts'
import { findLoginProblems } from './form-problems.ts'
import { useAccountForm } from './use-account-form.ts'

/** Signs a person in and goes on to `next`, a path of this site. */
export function LoginForm({ next }: { next: string }) {
  const { call } = useTend()
  const form = useAccountForm({
    read: (typed) => ({ email: typed('email'), password: typed('password') }),
    find: findLoginProblems,
    send: (values) => call(({ auth }) => auth.login({ body: values })),
    onSent: (answer) => enterAccount(answer, next),
    isLeaving: true,
  })
  return (
    <AccountForm form={form} submitLabel="Sign in" sendingLabel="Signing in…">
      <EmailField form={form} />
      <PasswordField
        id={form.idOf('password')}
        name="password"
        label="Password"
        error={form.errorOf('password')}
        autoComplete="current-password"
      />
    </AccountForm>
  )
}
