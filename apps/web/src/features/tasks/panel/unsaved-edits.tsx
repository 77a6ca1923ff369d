'use client'

import { useQueryClient } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useLayoutEffect } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { quoteTitle } from '../data/quote-title.ts'
import { findKnownTask } from '../data/task-queries.ts'
import { useTaskDrafts } from '../data/tasks-provider.tsx'
import { focusNeighbour } from '../drafts/focus-neighbour.ts'
import { useDrafts } from '../drafts/use-drafts.ts'
import { fieldNames, saysTyped } from './task-field.ts'

type UnsavedEditsProps = {
  /** The task whose panel is open and says the same. */
  openTaskId: string | null
  onOpen: (taskId: string) => void
  /** Takes the focus when no change is left to have it. */
  onFocusElsewhere: () => void
}

/** Changes of tasks that could not be saved. They wait here until they are looked at again or given up. */
export function UnsavedEdits({ openTaskId, onOpen, onFocusElsewhere }: UnsavedEditsProps) {
  const { edits } = useTaskDrafts()
  const queryClient = useQueryClient()
  const failed = [...useDrafts(edits)].filter(
    ([, { failure, taskId }]) => failure !== null && taskId !== openTaskId,
  )

  // Before anything is painted: what is saved after all, its answer lost, is not to flash as unsaved.
  useLayoutEffect(() => {
    for (const [name, { taskId, field, typed }] of failed) {
      const task = findKnownTask(queryClient, taskId)
      if (task && saysTyped(task, field, typed)) edits.drop(name)
    }
  })

  if (failed.length === 0) return null
  return (
    <ul aria-label="Changes not saved yet">
      {failed.map(([name, { taskId, title, field, typed, failure }]) => (
        <li key={name} className="flex items-start">
          <span className="grid h-(--row) w-(--margin) shrink-0 place-items-center text-warn">
            <CircleAlert aria-hidden size={20} strokeWidth={1.75} />
          </span>
          <div className="flex min-w-0 flex-1 flex-wrap items-center justify-end gap-x-2 border-line border-b py-1.5 pl-(--text-inset)">
            <div className="min-w-0 flex-1 basis-60 py-1">
              <p dir="auto" className="line-clamp-3 [overflow-wrap:anywhere]">
                {typed === '' ? `No ${fieldNames[field]}` : typed}
              </p>
              <p className="text-ink-muted text-meta [overflow-wrap:anywhere]">
                Not saved: the {fieldNames[field]} of {quoteTitle(title)}. {failure}
              </p>
            </div>
            <Button
              look="plain"
              size="small"
              onClick={({ currentTarget }) => {
                if (!focusNeighbour(currentTarget.closest('li'))) onFocusElsewhere()
                edits.drop(name)
              }}
            >
              Discard
            </Button>
            <Button look="quiet" size="small" onClick={() => onOpen(taskId)}>
              Open
            </Button>
          </div>
        </li>
      ))}
    </ul>
  )
}
