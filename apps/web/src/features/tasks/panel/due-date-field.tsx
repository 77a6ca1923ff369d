'use client'

import type { Task } from '@tend/contracts'
import { CalendarDays } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { describeDueDate, spellDate } from '../data/describe-due-date.ts'
import { useToday } from '../data/tasks-provider.tsx'
import { DueDatePicker } from './due-date-picker.tsx'
import { FieldNote } from './field-note.tsx'
import { PropertyRow } from './property-row.tsx'
import { useTaskField } from './use-task-field.ts'

/** The due date of a task: a button that says it, and opens the calendar. */
export function DueDateField({ task }: { task: Task }) {
  const field = useTaskField(task, 'dueDate')
  const today = useToday()
  const [isOpen, setIsOpen] = useState(false)
  const day = field.text
  const isOverdue = day !== '' && day < today && !task.isCompleted
  return (
    <PropertyRow name="Due">
      <div>
        <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
          <Popover.Trigger className="-mx-2 inline-flex min-h-9 items-center gap-2 rounded-control px-2 hover:bg-paper-sunk pointer-coarse:min-h-11">
            <CalendarDays
              aria-hidden
              size={18}
              strokeWidth={1.75}
              className={isOverdue ? 'text-danger' : 'text-ink-muted'}
            />
            <span className="sr-only">Due date: </span>
            {day === '' ? (
              <span className="text-ink-muted">No date</span>
            ) : (
              <span title={spellDate(day)} className={isOverdue ? 'text-danger' : ''}>
                {capitalise(describeDueDate(day, today))}
                {isOverdue && <span className="text-meta"> · overdue</span>}
                <span className="sr-only">, {spellDate(day)}</span>
              </span>
            )}
          </Popover.Trigger>
          {/* Not in a portal: it stays inside the panel's landmark, and its layer. */}
          <Popover.Content
            align="start"
            sideOffset={4}
            collisionPadding={12}
            aria-label="Due date"
            className="z-50 max-h-(--radix-popover-content-available-height) w-76 max-w-[calc(100vw-1.5rem)] animate-fade overflow-y-auto rounded-float bg-paper-raised p-3 shadow-float outline-none pointer-coarse:w-84"
          >
            <DueDatePicker
              value={day === '' ? null : day}
              today={today}
              onChoose={(chosen) => {
                field.type(chosen ?? '')
                field.save()
                setIsOpen(false)
              }}
            />
          </Popover.Content>
        </Popover.Root>
      </div>
      <FieldNote field={field} show={(text) => (text === '' ? 'No date' : spellDate(text))} />
    </PropertyRow>
  )
}

function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
