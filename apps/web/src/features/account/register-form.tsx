'use client'

import Link from 'next/link'
import { useTend } from '../../api/tend-provider.tsx'
import { TextField } from '../../components/ui/field.tsx'
import { PasswordField } from '../../components/ui/password-field.tsx'
import { AccountForm } from './account-form.tsx'
import { EmailField } from './email-field.tsx'
import { enterAccount } from './enter-account.ts'
import { findRegisterProblems } from './form-problems.ts'
import { newPasswordHint } from './new-password-hint.ts'
import { useAccountForm } from './use-account-form.ts'

/** Creates an account, signs the person in, and goes on to `next`, a path of this site. */
export function RegisterForm({ next, loginHref }: { next: string; loginHref: string }) {
  const { call } = useTend()
  const form = useAccountForm({
    read: (typed) => {
      const name = typed('name').trim()
      const account = { email: typed('email'), password: typed('password') }
      return name === '' ? account : { ...account, name }
    },
    find: findRegisterProblems,
    send: async (values) => {
      const account = await call(({ auth }) => auth.register({ body: values }))
      // Where addresses have to be confirmed, nobody is signed in yet: the mail says how to go on.
      return account ?? null
    },
    onSent: (answer) =>
      answer === null
        ? window.location.replace(`${loginHref}${loginHref.includes('?') ? '&' : '?'}email=sent`)
        : enterAccount(answer, next),
    isLeaving: true,
  })
  const isEmailTaken = form.refusal?.code === 'EMAIL_TAKEN'
  return (
    <AccountForm form={form} submitLabel="Create account" sendingLabel="Creating your account…">
      <TextField
        id={form.idOf('name')}
        name="name"
        label="Name (optional)"
        error={form.errorOf('name')}
        autoComplete="name"
      />
      <EmailField
        form={form}
        error={
          isEmailTaken ? (
            <>
              {form.errorOf('email')}{' '}
              <Link href={loginHref} className="underline decoration-1 underline-offset-4">
                Sign in instead
              </Link>
            </>
          ) : (
            form.errorOf('email')
          )
        }
      />
      <PasswordField
        id={form.idOf('password')}
        name="password"
        label="Password"
        hint={newPasswordHint}
        error={form.errorOf('password')}
        autoComplete="new-password"
      />
    </AccountForm>
  )
}
