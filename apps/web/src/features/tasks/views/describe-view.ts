import type { TaskTotals } from '../data/task-totals.ts'
import type { Place, View } from './view-params.ts'

/** What the views are called where there is little room. */
export const placeNames: Record<Place, string> = {
  today: 'Today',
  upcoming: 'Upcoming',
  all: 'All',
  completed: 'Completed',
  trash: 'Trash',
}

/** What a view is called. */
export function describeView({ view, label, q }: View): string {
  if (q !== null) return 'Search'
  if (label !== null) return label
  return view === 'all' ? 'All tasks' : placeNames[view]
}

/** How many tasks a view counts; undefined when that is not known. */
export function countOf(
  { view, label, q }: Pick<View, 'view' | 'label' | 'q'>,
  totals: TaskTotals | undefined,
): number | undefined {
  if (totals === undefined || q !== null) return undefined
  if (label !== null) return totals.labels.find((entry) => entry.label === label)?.open ?? 0
  switch (view) {
    case 'all':
      return totals.open
    case 'today':
    case 'upcoming':
    case 'completed':
      return totals[view]
    case 'trash':
      return totals.deleted
  }
}

/** Whether a view counts what is still to be done. */
export function countsOpenTasks({ view, label }: Pick<View, 'view' | 'label'>): boolean {
  return label !== null || (view !== 'completed' && view !== 'trash')
}
