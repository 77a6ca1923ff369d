import { findTextFaults, isDate, priorities, type Task, taskTextRules } from '@tend/contracts'
import { isOneOf } from '../../../api/guards.ts'
import { describeTitleProblem } from '../capture/describe-title-problem.ts'
import { changeFields, type TaskFields } from '../data/task-fields.ts'
import type { EditDraft } from '../drafts/task-drafts.ts'

/** A field of a task that is typed or chosen, one at a time. */
export type TextField = EditDraft['field']

/** What the person calls a field. */
export const fieldNames: Record<TextField, string> = {
  title: 'title',
  description: 'notes',
  dueDate: 'due date',
  priority: 'priority',
}

/** A field as text. No date and no notes are the empty text. */
export function fieldText(task: Task, field: TextField): string {
  return task[field] ?? ''
}

/** What a text means for a field, or why it cannot be. */
export function readField(
  field: TextField,
  typed: string,
): { fields: TaskFields } | { problem: string } {
  const isNone = typed.trim() === ''
  switch (field) {
    case 'title': {
      const problem = describeTitleProblem(typed)
      return problem === null ? { fields: { title: typed.trim() } } : { problem }
    }
    case 'description': {
      const problem = isNone ? null : describeNotesProblem(typed)
      return problem === null ? { fields: { description: isNone ? null : typed } } : { problem }
    }
    case 'dueDate':
      if (!isNone && !isDate(typed)) return { problem: 'That is no due date.' }
      return { fields: { dueDate: isNone ? null : typed } }
    case 'priority':
      return isPriority(typed)
        ? { fields: { priority: typed } }
        : { problem: 'That is no priority.' }
  }
}

/** Whether a text is the name of a priority. */
export const isPriority = isOneOf(priorities)

/** Whether a task says already what a text means for a field, blanks aside that are not kept. */
export function saysTyped(task: Task, field: TextField, typed: string): boolean {
  const reading = readField(field, typed)
  if ('problem' in reading) return false
  return fieldText(changeFields(task, reading.fields), field) === fieldText(task, field)
}

function describeNotesProblem(typed: string): string | null {
  const { description: rule } = taskTextRules
  const [fault] = findTextFaults(typed, rule)
  if (fault === undefined) return null
  if (fault === 'has NUL') return 'The notes have a character that cannot be stored.'
  const [have, most] = [Array.from(typed).length, rule.max].map((count) =>
    count.toLocaleString('en'),
  )
  return `Notes have at most ${most} characters; these have ${have}.`
}
