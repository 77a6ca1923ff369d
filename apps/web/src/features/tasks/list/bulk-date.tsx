'use client'

import { describeDueDate } from '../data/describe-due-date.ts'
import { useTaskActions, useToday } from '../data/tasks-provider.tsx'
import { DueDatePicker } from '../panel/due-date-picker.tsx'
import { BulkPopover, type BulkPopoverProps } from './bulk-popover.tsx'

/** Gives the selected tasks one due date, or takes theirs away. */
export function BulkDate(props: BulkPopoverProps) {
  const { changeFieldsOf } = useTaskActions()
  const today = useToday()

  function setDate(dueDate: string | null): void {
    const become = dueDate === null ? 'without a date' : `due ${describeDueDate(dueDate, today)}`
    changeFieldsOf(props.tasks, () => ({ dueDate }), become)
  }

  return (
    <BulkPopover {...props} name="Due date of the selected tasks">
      {(end) => (
        <DueDatePicker
          value={null}
          today={today}
          onChoose={(dueDate) => {
            setDate(dueDate)
            end()
          }}
        />
      )}
    </BulkPopover>
  )
}
