import { accountExportSchema, importTasksSchema, type TaskExport } from '@tend/contracts'
import type { z } from 'zod'

/** What a file holds, or what is wrong with it and where. */
export type TaskFile = { export: TaskExport } | { problem: string }

/**
 * Reads what a person has chosen to import: the JSON export of tasks, or the copy of their data, of which it takes the
 * tasks. Never throws; what is wrong is said with its place.
 */
export function readTaskFile(text: string): TaskFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { problem: `This is not JSON${placeOf(error)}. Choose a file that Tend has exported.` }
  }
  const isCopy = typeof value === 'object' && value !== null && 'user' in value
  const parsed = (isCopy ? accountExportSchema : importTasksSchema).safeParse(value)
  if (!parsed.success) return { problem: describeIssue(parsed.error.issues[0], value) }
  const { version, exportedAt, tasks } = parsed.data
  return { export: { version, exportedAt, tasks } }
}

/** Where JSON.parse has stopped, as its message says it, in words that differ between browsers. */
function placeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const [, line, column] = /line (\d+),? column (\d+)/.exec(message) ?? []
  return line === undefined ? '' : `: it goes wrong in line ${line}, column ${column}`
}

function describeIssue(issue: z.core.$ZodIssue | undefined, value: unknown): string {
  const [member, index, ...rest] = issue?.path ?? []
  if (issue === undefined || member !== 'tasks' || typeof index !== 'number') {
    return 'This is JSON, but no export of tasks. Choose a file that Tend has exported.'
  }
  const title = titleOf(value, index)
  const field = rest.length === 0 ? '' : `, ${rest.join('.')}`
  const words = issue.message.replace(/[.\s]+$/, '')
  return `Task ${index + 1}${title}${field}: ${words}. Nothing was imported; put it right in the file and choose it again.`
}

function titleOf(value: unknown, index: number): string {
  if (typeof value !== 'object' || value === null || !('tasks' in value)) return ''
  const task: unknown = Array.isArray(value.tasks) ? value.tasks[index] : null
  if (typeof task !== 'object' || task === null || !('title' in task)) return ''
  return typeof task.title === 'string' && task.title !== ''
    ? ` (“${task.title.slice(0, 60)}”)`
    : ''
}
