import type { Task } from '@tend/contracts'

/** The words of a task that a person writes. */
export type TaskText = Pick<Task, 'title' | 'description'>

/** A change that is on its way to the server. */
export type TaskChange =
  | { kind: 'add'; key: string; text: TaskText }
  | { kind: 'complete'; task: Task; isCompleted: boolean }
  | { kind: 'edit'; task: Task; text: TaskText }
  | { kind: 'delete'; task: Task }

/** A task as the list shows it: with changes that the server has not confirmed. */
export type ListedTask = Task & {
  /** The server does not know the task yet, so nothing more can be done with it. */
  isArriving?: true
}

/**
 * Applies changes in the order they were made to what the server is known to have. A change that fails needs no
 * undoing: it is no longer among the changes, and the task looks again as the server has it.
 */
export function applyChanges(tasks: Task[], changes: TaskChange[]): ListedTask[] {
  return changes.reduce<ListedTask[]>(applyChange, tasks)
}

function applyChange(tasks: ListedTask[], change: TaskChange): ListedTask[] {
  switch (change.kind) {
    case 'add':
      return [arrivingTask(change.key, change.text), ...tasks]
    case 'complete':
      return replace(tasks, change.task.id, { isCompleted: change.isCompleted })
    case 'edit':
      return replace(tasks, change.task.id, change.text)
    case 'delete':
      return tasks.filter((task) => task.id !== change.task.id)
  }
}

function replace(tasks: ListedTask[], id: string, fields: Partial<Task>): ListedTask[] {
  return tasks.map((task) => (task.id === id ? { ...task, ...fields } : task))
}

function arrivingTask(key: string, text: TaskText): ListedTask {
  const now = new Date().toISOString()
  const times = { createdAt: now, updatedAt: now }
  const plain = { isCompleted: false, dueDate: null, priority: 'none' } as const
  return { id: key, ...text, ...plain, labels: [], ...times, isArriving: true }
}
