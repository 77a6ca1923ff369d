import { randomUUID } from 'node:crypto'
import { type CreateTask, createTaskSchema, type Priority, type Task } from '@tend/contracts'
import { NetworkError, type TendClient, unwrap } from '@tend/contracts/client'
import { parseQuickAdd } from '@tend/quick-add'
import { CliError } from '../cli-error.ts'
import { connect } from '../connection.ts'
import { readToday } from '../due-day.ts'
import { formatTaskLine } from '../format-tasks.ts'
import { print, printJson } from '../output.ts'
import { parseDueDay } from '../parse-due-day.ts'

export type AddTaskOptions = {
  profile?: string | undefined
  description?: string | undefined
  due?: string | undefined
  priority?: Priority | undefined
  label?: string[] | undefined
  plain?: true | undefined
  json?: true | undefined
}

/** Adds the task that the words describe. */
export async function addTask(words: string[], options: AddTaskOptions): Promise<void> {
  const today = readToday()
  const task = readTask(words.join(' '), options, today)
  const { tend } = await connect(options.profile)
  const added = await createOnce(tend, task)
  if (options.json) printJson(added)
  else print(`Added ${formatTaskLine(added, today)}`)
}

/** Sends the task, and once more when no answer came: under one key it is added once, whatever had become of the first try. */
async function createOnce(tend: TendClient, body: CreateTask): Promise<Task> {
  const headers = { 'idempotency-key': randomUUID() }
  const create = () => unwrap(tend.tasks.create({ body, headers }))
  return create().catch((error: unknown) => {
    if (error instanceof NetworkError) return create()
    throw error
  })
}

function readTask(text: string, options: AddTaskOptions, today: string): CreateTask {
  const read = options.plain
    ? { title: text.trim(), dueDate: null, priority: 'none' as const, labels: [] }
    : parseQuickAdd(text, { today })
  const task = createTaskSchema.safeParse({
    title: read.title,
    description: options.description,
    dueDate: options.due === undefined ? read.dueDate : parseDueDay(options.due, today),
    priority: options.priority ?? read.priority,
    labels: [...new Set([...read.labels, ...(options.label ?? [])])],
  })
  if (task.success) return task.data
  const [issue] = task.error.issues
  const advice =
    options.plain || read.title !== ''
      ? ''
      : '; put words in quotation marks to keep them as the title'
  throw new CliError(
    'usage',
    `The ${issue?.path[0]?.toString()} is not valid: ${issue?.message}${advice}`,
  )
}
