'use client'

import type { ReactNode } from 'react'
import { TextField } from '../../components/ui/field.tsx'
import { useCarriedEmail } from './carried-email.tsx'
import type { AccountFormState } from './use-account-form.ts'

type EmailFieldProps = { form: AccountFormState; error?: ReactNode | null }

/** The email of somebody who is not signed in; it is carried over from one of their forms to the next. */
export function EmailField({ form, error = form.errorOf('email') }: EmailFieldProps) {
  const { email, carryEmail } = useCarriedEmail()
  return (
    <TextField
      id={form.idOf('email')}
      name="email"
      type="email"
      label="Email"
      error={error}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required
      defaultValue={email}
      onInput={(event) => carryEmail(event.currentTarget.value)}
    />
  )
}
