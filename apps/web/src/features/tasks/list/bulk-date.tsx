'use client'

import { Popover } from 'radix-ui'
import { type RefObject, useRef } from 'react'
import { describeDueDate } from '../data/describe-due-date.ts'
import type { ListedTask } from '../data/task-changes.ts'
import { useTaskActions, useToday } from '../data/tasks-provider.tsx'
import { DueDatePicker } from '../panel/due-date-picker.tsx'
import { taskButtonId } from './task-title.tsx'

/** Each task is changed by a request of its own, and a person has a number of them a minute. */
const MOST = 100

type BulkDateProps = {
  tasks: ListedTask[]
  /** The button that opened it. */
  anchor: RefObject<HTMLButtonElement | null>
  /** Called when it has closed with a choice. */
  onDone: () => void
  onClose: () => void
}

/** Gives the selected tasks one due date, or takes theirs away. */
export function BulkDate({ tasks, anchor, onDone, onClose }: BulkDateProps) {
  const { changeFieldsOf } = useTaskActions()
  const today = useToday()
  const isChosen = useRef(false)

  function choose(dueDate: string | null) {
    const become = dueDate === null ? 'without a date' : `due ${describeDueDate(dueDate, today)}`
    changeFieldsOf(tasks, { dueDate }, become)
    isChosen.current = true
    onClose()
  }

  return (
    // Modal: the keys of the list would act on what is selected.
    <Popover.Root open modal onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          side="top"
          sideOffset={10}
          collisionPadding={12}
          aria-label="Due date of the selected tasks"
          aria-modal
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (!isChosen.current) return anchor.current?.focus()
            onDone()
            focusOneOf(tasks)
          }}
          className="z-50 w-76 max-w-[calc(100vw-1.5rem)] animate-fade rounded-float bg-paper-raised p-3 shadow-float outline-none pointer-coarse:w-84"
        >
          {tasks.length > MOST ? (
            <p>At most {MOST} tasks can be given a date at once. Select fewer.</p>
          ) : (
            <DueDatePicker value={null} today={today} onChoose={choose} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** The focus goes to the first of the tasks, or to what is there when all of them have left the view. */
function focusOneOf(tasks: ListedTask[]): void {
  const rows = tasks.map(({ id }) => document.getElementById(taskButtonId(id)))
  const row = rows.find((element) => element !== null)
  const target = row ?? document.querySelector<HTMLElement>('[data-task] [id^=task-]')
  target?.focus()
}
