'use client'

import { useEffect, useRef, useState } from 'react'
import { useTend } from '../../api/tend-provider.tsx'
import { Button } from '../../components/ui/button.tsx'
import { AccountForm } from './account-form.tsx'
import { EmailField } from './email-field.tsx'
import { findForgottenProblems } from './form-problems.ts'
import { useAccountForm } from './use-account-form.ts'

/** Asks for a link that sets a new password. What it says afterwards is the same whether the account exists. */
export function ForgotPasswordForm() {
  const { call } = useTend()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useAccountForm({
    read: (typed) => ({ email: typed('email') }),
    find: findForgottenProblems,
    send: (values) => call(({ account }) => account.forgotPassword({ body: values })),
    onSent: (_nothing, { email }) => setSentTo(email.trim()),
  })
  if (sentTo !== null) return <Sent email={sentTo} onAgain={() => setSentTo(null)} />
  return (
    <>
      <p className="-mt-2 pb-5 text-ink-muted">
        Enter the email of your account. A mail to it brings a link to set a new password.
      </p>
      <AccountForm form={form} submitLabel="Send the link" sendingLabel="Sending…">
        <EmailField form={form} />
      </AccountForm>
    </>
  )
}

function Sent({ email, onAgain }: { email: string; onAgain: () => void }) {
  const note = useRef<HTMLDivElement>(null)
  useEffect(() => note.current?.focus(), [])
  return (
    <div ref={note} role="status" tabIndex={-1} className="flex flex-col items-start gap-3">
      <p>
        If there is an account for <strong className="font-medium break-words">{email}</strong>, a
        mail with a link is on its way. The link works once, within an hour.
      </p>
      <p className="text-ink-muted">Nothing there after a few minutes? Look among the spam.</p>
      <Button look="quiet" onClick={onAgain}>
        Send it again
      </Button>
    </div>
  )
}
