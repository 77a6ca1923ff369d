'use client'

import type { ReactNode } from 'react'
import { Wordmark } from '../../../components/wordmark.tsx'
import { ViewLink } from './view-link.tsx'
import { ViewNav } from './view-nav.tsx'

type SidebarProps = {
  /** The menu of the person's account. */
  account: ReactNode
  /** What stands at the foot; left out on phones. */
  foot?: ReactNode
}

/** The head of the page and, where there is room, all views at its side. */
export function Sidebar({ account, foot }: SidebarProps) {
  return (
    <div className="flex flex-col max-md:pr-4 max-md:pl-1 md:sticky md:top-0 md:h-dvh md:w-60 md:shrink-0 md:border-line md:border-r">
      <header className="flex items-center justify-between gap-2 pt-3 md:pr-3 md:pl-1">
        <ViewLink
          to={{ view: 'all' }}
          className="inline-flex rounded-control pr-2 outline-offset-[-2px]"
        >
          <Wordmark />
        </ViewLink>
        {account}
      </header>
      <nav
        aria-label="Views"
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pt-4 pb-4 max-md:hidden"
      >
        <ViewNav />
      </nav>
      {foot !== undefined && (
        <div className="border-line border-t px-3 py-3 max-md:hidden">{foot}</div>
      )}
    </div>
  )
}
