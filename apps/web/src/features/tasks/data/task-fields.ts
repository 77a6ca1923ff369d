import type { Task, UpdateTask } from '@tend/contracts'

/** Fields of a task with new values. */
export type TaskFields = { [Field in keyof UpdateTask]: Exclude<UpdateTask[Field], undefined> }

/** A task with new values for some fields. */
export function changeFields<Known extends Task>(task: Known, fields: TaskFields): Known {
  return { ...task, ...fields }
}

/** Those of the new values that the task does not have yet. */
export function differingFields(task: Task, fields: TaskFields): TaskFields {
  const { title, description, isCompleted, dueDate, priority, labels } = fields
  return {
    ...(title !== undefined && title !== task.title && { title }),
    ...(description !== undefined && description !== task.description && { description }),
    ...(isCompleted !== undefined && isCompleted !== task.isCompleted && { isCompleted }),
    ...(dueDate !== undefined && dueDate !== task.dueDate && { dueDate }),
    ...(priority !== undefined && priority !== task.priority && { priority }),
    ...(labels !== undefined && !hasSameItems(labels, task.labels) && { labels }),
  }
}

/** What the task has now in the fields that are to be changed. */
export function valuesOf(task: Task, fields: TaskFields): TaskFields {
  const { title, description, isCompleted, dueDate, priority, labels } = task
  return {
    ...(fields.title !== undefined && { title }),
    ...(fields.description !== undefined && { description }),
    ...(fields.isCompleted !== undefined && { isCompleted }),
    ...(fields.dueDate !== undefined && { dueDate }),
    ...(fields.priority !== undefined && { priority }),
    ...(fields.labels !== undefined && { labels }),
  }
}

/** Whether nothing is to be changed. */
export function isEmpty(fields: TaskFields): boolean {
  return Object.keys(fields).length === 0
}

function hasSameItems(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index])
}
