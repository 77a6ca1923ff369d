'use client'

import { priorities, type Task } from '@tend/contracts'
import { PriorityMark, priorityWords } from '../../../components/ui/priority-mark.tsx'
import { FieldNote } from './field-note.tsx'
import { PropertyRow } from './property-row.tsx'
import { isPriority } from './task-field.ts'
import { useTaskField } from './use-task-field.ts'

/** The priority of a task: four choices side by side, saved when chosen. */
export function PriorityField({ task }: { task: Task }) {
  const field = useTaskField(task, 'priority')
  return (
    <PropertyRow name="Priority">
      <fieldset>
        <legend className="sr-only">Priority</legend>
        <div className="-mx-1 flex gap-0.5 rounded-control bg-paper-sunk p-0.5">
          {priorities.map((level) => (
            <label
              key={level}
              className="flex h-8 flex-auto cursor-pointer items-center justify-center gap-1.5 rounded-[0.35rem] px-1 max-[22rem]:[&_svg]:hidden text-meta outline-offset-0 has-focus-visible:outline-2 has-focus-visible:outline-focus has-checked:bg-paper-raised has-checked:font-medium has-checked:ring-1 has-checked:ring-line-control pointer-coarse:h-10"
            >
              <input
                type="radio"
                name="panel-priority"
                value={level}
                checked={field.text === level}
                onChange={() => {
                  field.type(level)
                  field.save()
                }}
                className="sr-only"
              />
              {level !== 'none' && <PriorityMark level={level} />}
              {priorityWords[level]}
            </label>
          ))}
        </div>
      </fieldset>
      <FieldNote field={field} show={showPriority} />
    </PropertyRow>
  )
}

function showPriority(text: string): string {
  return isPriority(text) ? priorityWords[text] : text
}
