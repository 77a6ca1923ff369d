import type { Task } from './task.ts'

/**
 * The strong entity tag of a task (RFC 9110, section 8.8.3). Every change moves `updatedAt` forward by at
 * least a millisecond, so a task taken from a list is enough to make a conditional request.
 */
export function taskETag(task: Pick<Task, 'updatedAt'>): string {
  return `"${Date.parse(task.updatedAt).toString(36)}"`
}
