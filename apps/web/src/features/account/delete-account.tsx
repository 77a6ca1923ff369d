'use client'

import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { forgetDrafts } from '../../api/browser-drafts.ts'
import { useTend } from '../../api/tend-provider.tsx'
import { Button } from '../../components/ui/button.tsx'
import { Dialog } from '../../components/ui/dialog.tsx'
import { PasswordField } from '../../components/ui/password-field.tsx'
import { AccountForm } from './account-form.tsx'
import { describeLoss } from './describe-loss.ts'
import { findDeletionProblems } from './form-problems.ts'
import { leaveAccount } from './leave-account.ts'
import { sessionListOptions } from './session-queries.ts'
import { useAccountForm } from './use-account-form.ts'

/** The way to deleting the account: first a button, then what is lost, the password, and the last button. */
export function DeleteAccount({ userId }: { userId: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button ref={button} look="quiet" onClick={() => setIsOpen(true)}>
        Delete account…
      </Button>
      {isOpen && (
        <DeleteAccountDialog
          userId={userId}
          onClose={() => setIsOpen(false)}
          onReturnFocus={() => button.current?.focus()}
        />
      )}
    </>
  )
}

type DeleteAccountDialogProps = {
  userId: string
  onClose: () => void
  onReturnFocus: () => void
}

function DeleteAccountDialog(props: DeleteAccountDialogProps) {
  const { call } = useTend()
  const counts = useQuery({
    queryKey: ['task-counts', 'all'],
    queryFn: ({ signal }) => call(({ tasks }) => tasks.counts({ fetchOptions: { signal } })),
  })
  const sessions = useQuery(sessionListOptions(call))
  const form = useAccountForm({
    id: 'delete',
    proof: 'password',
    read: (typed) => ({ password: typed('password') }),
    find: findDeletionProblems,
    send: (values) => call(({ account }) => account.deleteAccount({ body: values })),
    onSent: () => {
      forgetDrafts(props.userId)
      leaveAccount('/?account=deleted')
    },
    isLeaving: true,
  })
  const close = () => form.isSending || props.onClose()
  return (
    <Dialog
      title="Delete your account?"
      onDismiss={close}
      firstFocus={() => document.getElementById(form.idOf('password'))}
      onReturnFocus={props.onReturnFocus}
    >
      <p className="pt-1">These go at once and for good:</p>
      <ul className="list-disc pt-2 pb-4 pl-5">
        {describeLoss(counts.data, sessions.data?.length).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <AccountForm
        form={form}
        submitLabel="Delete for good"
        sendingLabel="Deleting…"
        submitLook="danger"
        beforeSubmit={
          <Button look="quiet" onClick={close}>
            Keep my account
          </Button>
        }
      >
        <PasswordField
          id={form.idOf('password')}
          name="password"
          label="Password"
          hint="The one you sign in with, to be sure that it is you."
          error={form.errorOf('password')}
          autoComplete="current-password"
        />
      </AccountForm>
    </Dialog>
  )
}
