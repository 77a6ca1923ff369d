import {
  type Priority,
  type Task,
  taskETag,
  type UpdateTask,
  updateTaskSchema,
} from '@tend/contracts'
import { unwrap } from '@tend/contracts/client'
import { CliError } from '../cli-error.ts'
import { connect } from '../connection.ts'
import { readToday } from '../due-day.ts'
import { findTaskIds } from '../find-task-ids.ts'
import { formatTaskLine } from '../format-tasks.ts'
import { print, printJson } from '../output.ts'
import { parseDueDay } from '../parse-due-day.ts'

export type EditTaskOptions = {
  profile?: string | undefined
  title?: string | undefined
  description?: string | undefined
  due?: string | undefined
  priority?: Priority | undefined
  label?: string[] | undefined
  addLabel?: string[] | undefined
  removeLabel?: string[] | undefined
  json?: true | undefined
}

/** Changes the named fields of one task. */
export async function editTask(reference: string, options: EditTaskOptions): Promise<void> {
  const today = readToday()
  const named = readFields(options, today)
  const changesLabels = options.addLabel !== undefined || options.removeLabel !== undefined
  if (!changesLabels) checkUpdate(named)
  const { tend } = await connect(options.profile)
  const [id = ''] = await findTaskIds(tend, [reference], ['all'])
  const current = changesLabels ? await unwrap(tend.tasks.get({ params: { id } })) : undefined
  const body = current === undefined ? named : { ...named, labels: changeLabels(current, options) }
  checkUpdate(body)
  const changed = await unwrap(
    tend.tasks.update({
      params: { id },
      body,
      // Labels are added to those that were read: if others have come meanwhile, they must not be lost.
      headers: current === undefined ? {} : { 'if-match': taskETag(current) },
    }),
  )
  if (options.json) printJson(changed)
  else print(`Changed ${formatTaskLine(changed, today)}`)
}

function readFields(
  { title, description, due, priority, label }: EditTaskOptions,
  today: string,
): UpdateTask {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description: description === '' ? null : description }),
    ...(due !== undefined && { dueDate: parseDueDay(due, today) }),
    ...(priority !== undefined && { priority }),
    ...(label !== undefined && { labels: label.filter((name) => name !== '') }),
  }
}

function changeLabels(
  { labels }: Task,
  { label, addLabel = [], removeLabel = [] }: EditTaskOptions,
): string[] {
  const kept = (label ?? labels).filter((name) => !removeLabel.includes(name))
  return [...new Set([...kept, ...addLabel])]
}

function checkUpdate(update: UpdateTask): void {
  const result = updateTaskSchema.safeParse(update)
  if (result.success) return
  const [issue] = result.error.issues
  const field = issue?.path[0]?.toString()
  throw new CliError(
    'usage',
    field === undefined
      ? 'There is nothing to change: name a field, as in --title or --due (tend edit --help lists them)'
      : `The ${field} is not valid: ${issue?.message}`,
  )
}
