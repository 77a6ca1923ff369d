import { type Task, updateTaskSchema } from '@tend/contracts'
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
  if (field === 'title') {
    const problem = describeTitleProblem(typed)
    return problem === null ? { fields: { title: typed.trim() } } : { problem }
  }
  const isNone = typed.trim() === ''
  const update = updateTaskSchema.safeParse({ [field]: isNone ? null : typed })
  if (!update.success) return { problem: describeProblem(field, typed) }
  const { description, dueDate, priority } = update.data
  return {
    fields: {
      ...(description !== undefined && { description }),
      ...(dueDate !== undefined && { dueDate }),
      ...(priority !== undefined && { priority }),
    },
  }
}

/** Whether a task says already what a text means for a field, blanks aside that are not kept. */
export function saysTyped(task: Task, field: TextField, typed: string): boolean {
  const reading = readField(field, typed)
  if ('problem' in reading) return false
  return fieldText(changeFields(task, reading.fields), field) === fieldText(task, field)
}

function describeProblem(field: TextField, typed: string): string {
  if (field !== 'description') return `That is no ${fieldNames[field]}.`
  const length = Array.from(typed).length
  if (length <= 10_000) return 'The notes have a character that cannot be stored.'
  const [have, most] = [length, 10_000].map((count) => count.toLocaleString('en'))
  return `Notes have at most ${most} characters; these have ${have}.`
}
