'use client'

import { useRef, useState } from 'react'
import { useTaskActions } from '../data/tasks-provider.tsx'
import { useTaskTotals } from '../data/use-task-totals.ts'
import { LabelCombobox } from '../panel/label-combobox.tsx'
import { describeSharedLabelProblem } from '../panel/label-problem.ts'
import { BulkPopover, type BulkPopoverProps } from './bulk-popover.tsx'

/** Gives the selected tasks one more label. */
export function BulkLabel(props: BulkPopoverProps) {
  const { tasks } = props
  const { changeFieldsOf } = useTaskActions()
  const known = useTaskTotals()?.labels.map(({ label }) => label) ?? []
  const taken = known.filter((label) => tasks.every(({ labels }) => labels.includes(label)))
  const [problem, setProblem] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)

  /** Answers whether the label could be taken as it is. */
  function add(typed: string): boolean {
    const refusal = describeSharedLabelProblem(typed, tasks)
    setProblem(refusal)
    if (refusal !== null) return false
    const label = typed.trim()
    const withLabel = (labels: string[]) => (labels.includes(label) ? labels : [...labels, label])
    changeFieldsOf(tasks, ({ labels }) => ({ labels: withLabel(labels) }), `labelled ${label}`)
    return true
  }

  return (
    <BulkPopover {...props} name="Label for the selected tasks">
      {(end) => (
        <div className="flex flex-col gap-1.5">
          <LabelCombobox
            inputRef={input}
            known={known}
            taken={taken}
            problem={problem}
            takesLeft={false}
            isInline
            onAdd={(label) => {
              const isAdded = add(label)
              if (isAdded) end()
              return isAdded
            }}
            onType={() => setProblem(null)}
          />
        </div>
      )}
    </BulkPopover>
  )
}
