'use client'

import type { User } from '@tend/contracts'
import { LogOut, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { themes } from '../../components/theme/theme.ts'
import { themeLooks } from '../../components/theme/theme-switch.tsx'
import { chooseTheme, useTheme } from '../../components/theme/use-theme.ts'
import {
  Menu,
  MenuChoices,
  MenuItem,
  MenuLabel,
  MenuLink,
  MenuSeparator,
} from '../../components/ui/menu.tsx'
import { useSignOut } from './use-sign-out.ts'

type AccountMenuListProps = { user: Pick<User, 'name' | 'email'>; trigger: ReactNode }

/** The account's menu, open at first: it is fetched when somebody asks for it. */
export function AccountMenuList({ user, trigger }: AccountMenuListProps) {
  const signOut = useSignOut()
  const theme = useTheme()
  return (
    <Menu trigger={trigger} isOpenAtFirst>
      <MenuLabel>
        <span className="block truncate font-medium">{user.name}</span>
        <span className="block truncate text-ink-muted text-meta">{user.email}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuLink href="/settings">
        <Settings aria-hidden size={18} strokeWidth={1.75} className="text-ink-muted" />
        Settings
      </MenuLink>
      <MenuSeparator />
      <MenuChoices
        label="Theme"
        choices={themes.map((value) => ({ value, ...themeLooks[value] }))}
        chosen={theme}
        onChoose={chooseTheme}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden size={18} strokeWidth={1.75} className="text-ink-muted" />
        Sign out
      </MenuItem>
    </Menu>
  )
}
