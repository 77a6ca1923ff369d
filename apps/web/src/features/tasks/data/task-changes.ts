import type { CreateTask, Task } from '@tend/contracts'
import type { TaskFields } from './task-fields.ts'

/**
 * A change that is on its way to the server. `tasks` are as they were known when the change was made. The key of an addition sorts
 * after every id and after the keys made before it.
 */
export type TaskChange =
  | { kind: 'add'; key: string; task: CreateTask }
  | { kind: 'change'; tasks: Task[]; fields: TaskFields }
  | { kind: 'delete'; tasks: Task[]; isPermanent: boolean }
  | { kind: 'restore'; tasks: Task[] }

/** A task as a list shows it: with changes that the server has not confirmed. */
export type ListedTask = Task & {
  /** The server does not know the task yet, so nothing more can be done with it. */
  isArriving?: true
}

/** The task of an addition as it is shown until the server has answered. */
export function arrivingTask(key: string, { title, ...task }: CreateTask): ListedTask {
  const now = new Date().toISOString()
  return {
    id: key,
    title,
    description: task.description ?? null,
    isCompleted: false,
    dueDate: task.dueDate ?? null,
    priority: task.priority ?? 'none',
    labels: task.labels ?? [],
    createdAt: now,
    updatedAt: now,
    isArriving: true,
  }
}

let additions = 0

/** Names a new addition: unique, fit for `Idempotency-Key`, and sorting after every task's id and every earlier key. */
export function createAdditionKey(): string {
  additions += 1
  const place = [Date.now(), additions].map((part) => part.toString(36).padStart(9, '0'))
  // Not randomUUID, which a page without https does not have.
  const chance = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36))
  return `~${place.join('')}-${chance.join('')}`
}
