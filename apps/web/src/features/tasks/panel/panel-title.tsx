'use client'

import type { Task } from '@tend/contracts'
import { Tick } from '../../../components/ui/tick.tsx'
import { useTaskActions } from '../data/tasks-provider.tsx'
import { FieldNote } from './field-note.tsx'
import { useTaskField } from './use-task-field.ts'

/** The title in the panel, always open to be written in, with the task's tick beside it. */
export function PanelTitle({ task }: { task: Task }) {
  const { completeTask } = useTaskActions()
  const field = useTaskField(task, 'title')
  return (
    <div className="flex flex-col gap-2">
      <div className="-ml-2.5 flex items-start">
        <Tick
          isTicked={task.isCompleted}
          label={`Complete ${task.title}`}
          onChange={(isCompleted) => completeTask(task, isCompleted)}
        />
        <textarea
          id="panel-title"
          aria-label="Title"
          aria-invalid={field.problem === null ? undefined : true}
          rows={1}
          dir="auto"
          value={field.text}
          onChange={(event) => field.type(event.target.value.replaceAll(/[\r\n]+/g, ' '))}
          onBlur={() => field.save()}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') {
              event.preventDefault()
              field.save()
            } else if (event.key === 'Escape' && field.isUnsent) {
              event.stopPropagation()
              field.drop()
            }
          }}
          className={`field-sizing-content mt-1 min-h-9 w-full resize-none rounded-control bg-transparent px-2 py-[calc((2.25rem-1lh)/2)] font-medium text-title hover:bg-paper-sunk focus:bg-paper-raised pointer-coarse:min-h-11 pointer-coarse:py-[calc((2.75rem-1lh)/2)] ${task.isCompleted && !field.isDraft ? 'text-ink-muted line-through decoration-1' : ''}`}
        />
      </div>
      <FieldNote field={field} />
    </div>
  )
}
