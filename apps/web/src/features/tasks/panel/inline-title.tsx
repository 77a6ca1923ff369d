'use client'

import type { Task } from '@tend/contracts'
import { useState } from 'react'
import { useTaskField } from './use-task-field.ts'

type InlineTitleProps = {
  task: Task
  /** Called when the title is saved or given up, by a key or by leaving it; what cannot be saved now waits above the list. */
  onDone: (isByKey: boolean) => void
}

/** The title of a row, open to be changed in its place: Enter and leaving it save, Escape gives it up. */
export function InlineTitle({ task, onDone }: InlineTitleProps) {
  const field = useTaskField(task, 'title')
  const [isLeaving, setIsLeaving] = useState(false)
  const problemId = `inline-title-problem-${task.id}`

  function finish(isByKey: boolean) {
    if (isLeaving || !field.save()) return
    setIsLeaving(true)
    onDone(isByKey)
  }

  return (
    <span className="relative flex min-w-0 flex-1">
      <input
        aria-label="Title"
        aria-invalid={field.problem === null ? undefined : true}
        aria-describedby={field.problem === null ? undefined : problemId}
        // biome-ignore lint/a11y/noAutofocus: The person has just asked to write here.
        autoFocus
        dir="auto"
        autoComplete="off"
        enterKeyHint="done"
        value={field.text}
        onChange={(event) => field.type(event.target.value)}
        onBlur={() => finish(false)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') finish(true)
          else if (event.key === 'Escape') {
            setIsLeaving(true)
            field.drop()
            onDone(true)
          } else {
            // Letters are for the title here, not for commands of the list.
            event.stopPropagation()
            return
          }
          event.preventDefault()
          event.stopPropagation()
        }}
        className="-ml-2 h-[calc(var(--row-inside)-0.5rem)] w-full min-w-0 self-center rounded-control bg-paper-raised px-2 text-typed"
      />
      {field.problem !== null && (
        <span
          id={problemId}
          role="alert"
          className="absolute top-full -left-2 z-10 rounded-float bg-paper-raised px-3 py-2 text-danger text-meta shadow-float"
        >
          {field.problem}
        </span>
      )}
    </span>
  )
}
