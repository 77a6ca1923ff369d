'use client'

import type { CreateTask, Task } from '@tend/contracts'
import { useEffect, useRef } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { changeFields, type TaskFields } from '../data/task-fields.ts'
import { useTaskActions, useTaskDrafts } from '../data/tasks-provider.tsx'
import type { EditDraft } from '../drafts/task-drafts.ts'
import { useDrafts } from '../drafts/use-drafts.ts'
import { readField } from './task-field.ts'

type GoneTaskProps = {
  taskId: string
  lastKnown: Task | null
  onClose: () => void
  onAddAsNew: (task: CreateTask) => void
}

/** Said in place of a task that is not there. What was written for it is shown, and can become a new task. */
export function GoneTask({ taskId, lastKnown, onClose, onAddAsNew }: GoneTaskProps) {
  const { edits } = useTaskDrafts()
  const { restoreTask } = useTaskActions()
  const drafts = [...useDrafts(edits)].filter(([, draft]) => draft.taskId === taskId)
  const note = useRef<HTMLDivElement>(null)
  const added = combineDrafts(
    lastKnown,
    drafts.map(([, draft]) => draft),
  )

  useEffect(() => {
    // The field that had the focus went with the task.
    if (document.activeElement === document.body) note.current?.focus()
  }, [])

  function forget() {
    for (const [name] of drafts) edits.drop(name)
  }

  return (
    <div
      ref={note}
      role="alert"
      tabIndex={-1}
      className="flex flex-col items-start gap-3 py-4 [overflow-wrap:anywhere]"
    >
      <p className="font-serif text-quote">
        {lastKnown === null ? 'There is no such task.' : 'This task was deleted somewhere else.'}
      </p>
      {drafts.length > 0 && (
        <>
          <p className="text-ink-muted">What you wrote is still here:</p>
          {drafts.map(([name, draft]) => (
            <blockquote
              key={name}
              dir="auto"
              className="max-h-60 w-full overflow-y-auto whitespace-pre-wrap border-accent border-s-2 ps-3"
            >
              {draft.typed}
            </blockquote>
          ))}
        </>
      )}
      {drafts.length === 0 && lastKnown === null && (
        <p className="text-ink-muted">It may have been moved to the trash.</p>
      )}
      <div className="flex flex-wrap gap-2">
        {drafts.length > 0 && added !== null && (
          <Button
            size="small"
            onClick={() => {
              forget()
              onAddAsNew(added)
            }}
          >
            Add as new
          </Button>
        )}
        {drafts.length === 0 && lastKnown !== null && (
          <Button size="small" look="quiet" onClick={() => restoreTask(lastKnown)}>
            Bring it back
          </Button>
        )}
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            forget()
            onClose()
          }}
        >
          {drafts.length > 0 ? 'Discard' : 'Close'}
        </Button>
      </div>
    </div>
  )
}

/** The task as it would be with what was written for it; null when there is no title for it. */
function combineDrafts(lastKnown: Task | null, drafts: readonly EditDraft[]): CreateTask | null {
  const written: TaskFields = {}
  for (const { field, typed } of drafts) {
    const reading = readField(field, typed)
    if ('fields' in reading) Object.assign(written, reading.fields)
  }
  if (lastKnown === null) {
    const [first] = drafts
    return first === undefined ? null : { title: first.title, ...written }
  }
  const { title, description, dueDate, priority, labels } = changeFields(lastKnown, written)
  return { title, description, dueDate, priority, labels }
}
