'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'
import { placeNames } from './describe-view.ts'
import { placeIcons } from './place-icons.ts'
import { useView } from './use-view.ts'
import { ViewLink } from './view-link.tsx'

const near = ['today', 'upcoming', 'all'] as const

const loadSheet = () => import('./more-sheet.tsx')

/** The views on phones, in reach of the thumb. What is needed less often stands behind More. */
export function BottomBar() {
  const { view } = useView()
  const [isOpen, setIsOpen] = useState(false)
  const { part, preload, demand } = useOnDemand(loadSheet)
  const isElsewhere = view.label !== null || view.view === 'completed' || view.view === 'trash'

  return (
    <nav
      aria-label="Views"
      data-bottom-bar
      className="fixed inset-x-0 bottom-0 z-20 flex border-line border-t bg-paper pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {near.map((place) => {
        const Icon = placeIcons[place]
        return (
          <ViewLink key={place} to={{ view: place }} className={itemClass}>
            <Icon aria-hidden size={20} strokeWidth={1.75} />
            {placeNames[place]}
          </ViewLink>
        )
      })}
      <button
        type="button"
        aria-haspopup="dialog"
        aria-current={isElsewhere ? 'true' : undefined}
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => void demand().then(setIsOpen)}
        className={itemClass}
      >
        <Ellipsis aria-hidden size={20} strokeWidth={1.75} />
        More
      </button>
      {part !== null && isOpen && <part.MoreSheet onClose={() => setIsOpen(false)} />}
    </nav>
  )
}

const itemClass =
  'flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-ink-muted text-meta outline-offset-[-3px] aria-[current]:text-accent'
