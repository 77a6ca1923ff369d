'use client'

import type { User } from '@tend/contracts'
import { unwrap } from '@tend/contracts/client'
import { LogOut, Settings } from 'lucide-react'
import { toast } from 'sonner'
import { describeFailure } from '../../api/describe-failure.ts'
import { useTend } from '../../api/tend-provider.tsx'
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '../../components/ui/menu.tsx'
import { leaveAccount } from './leave-account.ts'

/** Who is signed in, and the way out. */
export function AccountMenu({ user }: { user: Pick<User, 'name' | 'email'> }) {
  const { auth } = useTend()

  async function signOut() {
    try {
      await unwrap(auth.logout())
    } catch (error) {
      const reason = error instanceof Error ? describeFailure(error) : ''
      toast.error(`You are still signed in. ${reason}`, { duration: 10_000, icon: null })
      return
    }
    leaveAccount('/login')
  }

  return (
    <Menu trigger={<Trigger name={user.name} />}>
      <MenuLabel>
        <span className="block truncate font-medium">{user.name}</span>
        <span className="block truncate text-ink-muted text-meta">{user.email}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuLink href="/settings">
        <Settings aria-hidden size={18} strokeWidth={1.75} className="text-ink-muted" />
        Settings
      </MenuLink>
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden size={18} strokeWidth={1.75} className="text-ink-muted" />
        Sign out
      </MenuItem>
    </Menu>
  )
}

function Trigger({ name, ...rest }: { name: string }) {
  const [initial = ''] = Array.from(
    new Intl.Segmenter().segment(name.trim()),
    (part) => part.segment,
  )
  return (
    <button
      {...rest}
      type="button"
      aria-label="Account"
      className="grid h-(--row) place-items-center rounded-control px-1.5 hover:bg-paper-sunk data-[state=open]:bg-paper-sunk"
    >
      <span className="grid size-8 place-items-center rounded-full border border-line-control font-medium text-meta uppercase">
        {initial}
      </span>
    </button>
  )
}
