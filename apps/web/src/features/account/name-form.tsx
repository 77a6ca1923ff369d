'use client'

import type { User } from '@tend/contracts'
import { useRouter } from 'next/navigation'
import { useTend } from '../../api/tend-provider.tsx'
import { TextField } from '../../components/ui/field.tsx'
import { toast } from '../../components/ui/toast.ts'
import { AccountForm } from './account-form.tsx'
import { findProfileProblems } from './form-problems.ts'
import { useAccountForm } from './use-account-form.ts'

/** Changes the person's name. */
export function NameForm({ user }: { user: Pick<User, 'id' | 'name'> }) {
  const { call } = useTend()
  const router = useRouter()
  const form = useAccountForm({
    id: 'profile',
    keepFor: user.id,
    read: (typed) => ({ name: typed('name') }),
    find: findProfileProblems,
    send: (values) => call(({ account }) => account.updateProfile({ body: values })),
    onSent: () => {
      toast('Name saved')
      // The name stands in the page's head as well.
      router.refresh()
    },
  })
  return (
    <AccountForm form={form} submitLabel="Save name" sendingLabel="Saving…" submitLook="quiet">
      <TextField
        id={form.idOf('name')}
        name="name"
        label="Name"
        error={form.errorOf('name')}
        autoComplete="name"
        required
        defaultValue={user.name}
      />
    </AccountForm>
  )
}
