'use client'

import { Button } from '../../../components/ui/button.tsx'
import { quoteTitle } from '../data/quote-title.ts'
import { useTaskTotals } from '../data/use-task-totals.ts'
import { useView } from '../views/use-view.ts'
import type { View } from '../views/view-params.ts'
import { AllTended, NothingYet, StateNote } from './list-states.tsx'

/** Said in place of a list without tasks: why there are none, and what to do about it. */
export function EmptyView({ view }: { view: View }) {
  const totals = useTaskTotals()
  const { search, filter } = useView()
  if (view.q !== null) {
    return (
      <StateNote line={`Nothing found for ${quoteTitle(view.q)}.`}>
        <p className="text-ink-muted">Titles and notes were searched, the trash was not.</p>
        <Way onGo={() => search(null, false)}>Clear the search</Way>
      </StateNote>
    )
  }
  if (totals !== undefined && totals.open + totals.completed === 0 && isForTasks(view)) {
    return <NothingYet />
  }
  if (view.status !== null) {
    return (
      <StateNote line="Nothing here fits the filter.">
        <Way onGo={() => filter({ status: null })}>Clear the filter</Way>
      </StateNote>
    )
  }
  if (view.label !== null) {
    return (
      <StateNote line={`Nothing is left in ${quoteTitle(view.label)}.`}>
        <Way onGo={() => filter({ status: 'all' })}>Show what is completed</Way>
      </StateNote>
    )
  }
  switch (view.view) {
    case 'all':
      return <NothingYet />
    case 'today':
      return (
        <AllTended>
          <p className="text-ink-muted">Nothing is due today.</p>
        </AllTended>
      )
    case 'upcoming':
      return (
        <StateNote line="Nothing is coming up.">
          <p className="text-ink-muted">Tasks with a date after today will stand here.</p>
        </StateNote>
      )
    case 'completed':
      return <StateNote line="Nothing completed yet." />
    case 'trash':
      return <StateNote line="The trash is empty." />
  }
}

function isForTasks({ view }: View): boolean {
  return view !== 'trash' && view !== 'completed'
}

function Way({ onGo, children }: { onGo: () => void; children: string }) {
  return (
    <div className="mt-3">
      <Button look="quiet" onClick={onGo}>
        {children}
      </Button>
    </div>
  )
}
