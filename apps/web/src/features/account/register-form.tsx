'use client'

import { unwrap } from '@tend/contracts/client'
import Link from 'next/link'
import { useTend } from '../../api/tend-provider.tsx'
import { TextField } from '../../components/ui/field.tsx'
import { PasswordField } from '../../components/ui/password-field.tsx'
import { AccountForm } from './account-form.tsx'
import { useCarriedEmail } from './carried-email.tsx'
import { findRegisterProblems } from './form-problems.ts'
import { useAccountForm } from './use-account-form.ts'

/** Creates an account, signs the person in, and goes on to `next`, a path of this site. */
export function RegisterForm({ next, loginHref }: { next: string; loginHref: string }) {
  const { auth } = useTend()
  const { email, carryEmail } = useCarriedEmail()
  const form = useAccountForm({
    find: findRegisterProblems,
    send: (values) => unwrap(auth.register({ body: values })),
    next,
  })
  const emailError = form.errorOf('email')
  return (
    <AccountForm
      refusal={form.refusal}
      isSending={form.isSending}
      submitLabel="Create account"
      sendingLabel="Creating your account…"
      onSubmit={(data) => void form.submit(data)}
    >
      <TextField
        id="name"
        name="name"
        label="Name (optional)"
        error={form.errorOf('name')}
        autoComplete="name"
      />
      <TextField
        id="email"
        name="email"
        type="email"
        label="Email"
        error={
          form.isEmailTaken ? (
            <>
              {emailError}{' '}
              <Link href={loginHref} className="underline decoration-1 underline-offset-4">
                Sign in instead
              </Link>
            </>
          ) : (
            emailError
          )
        }
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
        hint="At least 8 characters. A few words work well."
        error={form.errorOf('password')}
        autoComplete="new-password"
      />
    </AccountForm>
  )
}
