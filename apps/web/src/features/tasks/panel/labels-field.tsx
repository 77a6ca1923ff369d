'use client'

import type { Task } from '@tend/contracts'
import { X } from 'lucide-react'
import { useRef } from 'react'
import { announce } from '../../../components/ui/live-region.tsx'
import { LabelCombobox } from './label-combobox.tsx'
import { PropertyRow } from './property-row.tsx'
import { useTaskLabels } from './use-task-labels.ts'

/** The labels of a task, each saved when it is added or taken away. */
export function LabelsField({ task, known }: { task: Task; known: readonly string[] }) {
  const { add, remove, problem, forgetProblem } = useTaskLabels(task)
  const input = useRef<HTMLInputElement>(null)
  return (
    <PropertyRow nameId="panel-labels-name" name="Labels">
      {task.labels.length > 0 && (
        <ul aria-labelledby="panel-labels-name" className="-mx-1 flex flex-wrap gap-1.5 pt-0.5">
          {task.labels.map((label) => (
            <li
              key={label}
              className="flex h-8 min-w-0 items-center gap-0.5 rounded-full border border-line bg-paper-sunk pl-3 pointer-coarse:h-10"
            >
              <span dir="auto" className="truncate text-meta">
                #{label}
              </span>
              <button
                type="button"
                aria-label={`Take away label ${label}`}
                title={`Take away label ${label}`}
                onClick={() => {
                  remove(label)
                  announce(`Label ${label} taken away`)
                  input.current?.focus()
                }}
                className="grid size-8 shrink-0 place-items-center rounded-full text-ink-muted outline-offset-[-3px] hover:text-ink pointer-coarse:size-10"
              >
                <X aria-hidden size={14} strokeWidth={1.75} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <LabelCombobox
        inputRef={input}
        known={known}
        taken={task.labels}
        problem={problem}
        onAdd={add}
        onType={forgetProblem}
      />
    </PropertyRow>
  )
}
