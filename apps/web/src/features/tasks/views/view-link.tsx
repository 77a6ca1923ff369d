'use client'

import type { MouseEvent, ReactNode } from 'react'
import { useView } from './use-view.ts'
import { type View, viewHref } from './view-params.ts'

type ViewLinkProps = {
  to: Pick<Partial<View>, 'view' | 'label'>
  className: string
  onGo?: () => void
  children: ReactNode
}

/** A link to a view: it opens at once, without a request for a page, and in a new tab as links do. */
export function ViewLink({ to, className, onGo, children }: ViewLinkProps) {
  const { view, goTo } = useView()
  const isCurrent =
    view.q === null && view.label === (to.label ?? null) && view.view === (to.view ?? 'all')

  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(to)
    onGo?.()
  }

  return (
    <a
      href={viewHref(to)}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={onClick}
      className={className}
    >
      {children}
    </a>
  )
}
