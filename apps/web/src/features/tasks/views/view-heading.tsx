'use client'

import type { ReactNode } from 'react'
import { countTasks } from '../data/count-tasks.ts'
import { useTaskTotals } from '../data/use-task-totals.ts'
import { countOf, countsOpenTasks, describeView } from './describe-view.ts'
import { usePageTitle } from './use-page-title.ts'
import type { View } from './view-params.ts'

type ViewHeadingProps = {
  view: View
  /** The field of a search that is open: it stands where the name would. */
  search: ReactNode
  /** Buttons at its end. */
  children?: ReactNode
}

/** The name of the view and how much is left in it, also in the title of the page. */
export function ViewHeading({ view, search, children }: ViewHeadingProps) {
  const totals = useTaskTotals()
  const name = describeView(view)
  const count = countOf(view, totals)
  const isOpen = countsOpenTasks(view)
  const hasTasks = totals !== undefined && totals.open + totals.completed > 0

  usePageTitle(isOpen && count ? `(${count}) ${name} · Tend` : `${name} · Tend`)

  if (search) {
    return (
      <div className="flex items-center pt-4 pb-2">
        <h1 className="sr-only">{name}</h1>
        {search}
        <div className="flex shrink-0 items-center">{children}</div>
      </div>
    )
  }
  return (
    <div className="flex h-16 items-center gap-3 pt-4 pb-2 pl-(--text-edge)">
      <h1 dir="auto" className="min-w-0 truncate font-medium text-view">
        {view.label !== null && <span className="text-ink-muted">#</span>}
        {name}
      </h1>
      {count !== undefined && (isOpen ? hasTasks : count > 0) && (
        <p className="shrink-0 pt-1 text-ink-muted text-meta tabular-nums max-[21.5rem]:sr-only">
          {isOpen ? `${count.toLocaleString('en')} left` : countTasks(count)}
        </p>
      )}
      <div className="ml-auto flex shrink-0 items-center">{children}</div>
    </div>
  )
}
