'use client'

import type { User } from '@tend/contracts'
import type { ComponentProps } from 'react'
import { useOnDemand } from '../../components/ui/use-on-demand.ts'

type AccountMenuProps = { user: Pick<User, 'name' | 'email'> }

const loadList = () => import('./account-menu-list.tsx')

/** Who is signed in, and the way out. */
export function AccountMenu({ user }: AccountMenuProps) {
  const { part, preload, demand } = useOnDemand(loadList)
  if (part !== null) {
    return <part.AccountMenuList user={user} trigger={<Trigger name={user.name} />} />
  }
  return (
    <Trigger
      name={user.name}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => void demand()}
      onKeyDown={(event) => event.key === 'ArrowDown' && void demand()}
    />
  )
}

function Trigger({ name, ...rest }: { name: string } & Omit<ComponentProps<'button'>, 'name'>) {
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
