'use client'

import { type ReactNode, useEffect } from 'react'
import { useTaskTotals } from '../data/use-task-totals.ts'
import { countOf, countsOpenTasks, describeView } from './describe-view.ts'
import type { View } from './view-params.ts'

type ViewHeadingProps = {
  view: View
  /** Buttons at its end. */
  children?: ReactNode
}

/** The name of the view and how much is left in it, also in the title of the page. */
export function ViewHeading({ view, children }: ViewHeadingProps) {
  const totals = useTaskTotals()
  const name = describeView(view)
  const count = countOf(view, totals)
  const isOpen = countsOpenTasks(view)
  const hasTasks = totals !== undefined && totals.open + totals.completed > 0

  useEffect(() => {
    document.title = isOpen && count ? `(${count}) ${name} · Tend` : `${name} · Tend`
  }, [name, count, isOpen])

  return (
    <div className="flex items-center gap-3 pt-5 pb-2 pl-(--text-edge)">
      <h1 dir="auto" className="min-w-0 truncate font-medium text-view">
        {view.label !== null && view.q === null && <span className="text-ink-muted">#</span>}
        {name}
      </h1>
      {count !== undefined && (hasTasks || !isOpen) && (
        <p className="shrink-0 pt-1 text-ink-muted text-meta tabular-nums">
          {isOpen ? `${count} left` : count === 1 ? '1 task' : `${count} tasks`}
        </p>
      )}
      <div className="ml-auto flex shrink-0 items-center">{children}</div>
    </div>
  )
}
