'use client'

import { useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'
import { useTaskTotals } from '../data/use-task-totals.ts'

const loadDialog = () => import('./empty-trash-dialog.tsx')

/** Says above the trash what becomes of what is in it, and offers to empty it. */
export function TrashNote() {
  const count = useTaskTotals()?.deleted ?? 0
  const { part, preload, demand } = useOnDemand(loadDialog)
  const [isAsking, setIsAsking] = useState(false)
  const note = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <div
      ref={note}
      tabIndex={-1}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 pt-2 pb-3 pl-(--text-edge)"
    >
      <p className="min-w-0 flex-1 basis-64 text-ink-muted">
        What is here is deleted for good 30 days after it was put here.
      </p>
      {count > 0 && (
        <Button
          ref={button}
          look="quiet"
          size="small"
          aria-haspopup="dialog"
          onPointerEnter={preload}
          onClick={() => void demand().then(setIsAsking)}
        >
          Empty trash
        </Button>
      )}
      {part !== null && isAsking && (
        <part.EmptyTrashDialog
          onClose={() => setIsAsking(false)}
          // The button goes with the last task.
          onReturnFocus={() => (button.current ?? note.current)?.focus()}
        />
      )}
    </div>
  )
}
