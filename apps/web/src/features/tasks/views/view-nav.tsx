'use client'

import { Hash } from 'lucide-react'
import type { TaskTotals } from '../data/task-totals.ts'
import { useTaskTotals } from '../data/use-task-totals.ts'
import { countOf, placeNames } from './describe-view.ts'
import { placeIcons } from './place-icons.ts'
import { useView } from './use-view.ts'
import { ViewLink } from './view-link.tsx'
import { type Place, places } from './view-params.ts'

type ViewNavProps = {
  /** Which of the views that are always there; all when left out. */
  only?: readonly Place[]
  onGo?: () => void
}

/** The views and labels as a list of links, each with how many tasks it counts. */
export function ViewNav({ only = places, onGo }: ViewNavProps) {
  const totals = useTaskTotals()
  const labels = useShownLabels(totals)
  const go = onGo === undefined ? {} : { onGo }
  return (
    <>
      <ul>
        {only.map((place) => {
          const Icon = placeIcons[place]
          const count = countOf({ view: place, label: null, q: null }, totals)
          return (
            <li key={place}>
              <ViewLink to={{ view: place }} className={linkClass} {...go}>
                <Icon aria-hidden size={18} strokeWidth={1.75} className={iconClass} />
                {placeNames[place]}
                <Count count={count} />
              </ViewLink>
            </li>
          )
        })}
      </ul>
      {labels.length > 0 && (
        <>
          <h2 className="px-2.5 pt-6 pb-1 text-ink-muted text-meta">Labels</h2>
          <ul>
            {labels.map(({ label, open }) => (
              <li key={label}>
                <ViewLink to={{ label }} className={linkClass} {...go}>
                  <Hash aria-hidden size={18} strokeWidth={1.75} className={iconClass} />
                  <span dir="auto" className="truncate">
                    {label}
                  </span>
                  <Count count={open} />
                </ViewLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const linkClass =
  'group/link flex h-9 items-center gap-2.5 rounded-control px-2.5 outline-offset-[-2px] hover:bg-paper-sunk aria-[current]:bg-paper-sunk aria-[current]:font-medium pointer-coarse:h-12'

const iconClass = 'shrink-0 text-ink-muted group-aria-[current]/link:text-accent'

/** None is not worth a number. */
function Count({ count = 0 }: { count?: number | undefined }) {
  if (count === 0) return null
  return (
    <span className="ml-auto pl-2 font-normal text-ink-muted text-meta tabular-nums">{count}</span>
  )
}

/** The label of the open view stays in the list when its last task is done. */
function useShownLabels(totals: TaskTotals | undefined): TaskTotals['labels'] {
  const { view } = useView()
  const labels = totals?.labels ?? []
  const isMissing = view.label !== null && labels.every(({ label }) => label !== view.label)
  return view.label !== null && isMissing ? [...labels, { label: view.label, open: 0 }] : labels
}
