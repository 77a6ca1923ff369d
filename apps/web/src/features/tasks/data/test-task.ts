import type { Task } from '@tend/contracts'

let count = 0

/** A task for tests; later ones have greater ids, as those of the API do. */
export function makeTask(fields: Partial<Task> = {}): Task {
  count += 1
  const time = '2026-11-21T09:30:00.000Z'
  return {
    id: `019aa000-0000-7000-8000-${String(count).padStart(12, '0')}`,
    title: `Task ${count}`,
    description: null,
    isCompleted: false,
    dueDate: null,
    priority: 'none',
    labels: [],
    createdAt: time,
    updatedAt: time,
    ...fields,
  }
}

/** The task as a later change left it. */
export function laterVersion(task: Task, fields: Partial<Task>): Task {
  const updatedAt = new Date(Date.parse(task.updatedAt) + 1000).toISOString()
  return { ...task, ...fields, updatedAt }
}
