import { type Task, taskETag } from '@tend/contracts'
import { ProblemError, unwrap } from '@tend/contracts/client'
import type { TaskText } from './task-changes.ts'
import { readTask, type TasksClient } from './task-queries.ts'

/** Somebody else changed the words of the task after they were read here. */
export class EditConflictError extends Error {
  override readonly name = 'EditConflictError'
  readonly current: Task

  constructor(current: Task) {
    super('The task was changed elsewhere')
    this.current = current
  }
}

// What is sent in the moment in which a page is left still arrives. Browsers allow it for small bodies only.
const outlivePage = { keepalive: true }

/** Adds a task. */
export function sendAddition(tasks: TasksClient, text: TaskText): Promise<Task> {
  return unwrap(tasks.create({ body: text, fetchOptions: outlivePage }))
}

/**
 * Makes a task completed or open, whatever it is now: the route only flips, so it is sent for the version that is
 * known, and a task that was flipped elsewhere in between is left alone.
 */
export async function sendCompletion(
  tasks: TasksClient,
  task: Task,
  isCompleted: boolean,
): Promise<Task> {
  if (task.isCompleted === isCompleted) return task
  const flip = (known: Task) =>
    unwrap(
      tasks.toggle({
        params: { id: known.id },
        headers: { 'if-match': taskETag(known) },
        fetchOptions: outlivePage,
      }),
    )
  try {
    return await flip(task)
  } catch (error) {
    if (!isStale(error)) throw error
    const current = await readTask(tasks, task.id)
    return current.isCompleted === isCompleted ? current : flip(current)
  }
}

/**
 * Saves the words of a task. Throws an {@link EditConflictError} when its words were changed elsewhere; a task that was
 * only completed or reopened in between is no conflict.
 */
export async function sendEdit(tasks: TasksClient, task: Task, text: TaskText): Promise<Task> {
  const body = changedFields(task, text)
  if (Object.keys(body).length === 0) return task
  const save = (known: Task) =>
    unwrap(
      tasks.update({ params: { id: known.id }, headers: { 'if-match': taskETag(known) }, body }),
    )
  try {
    return await save(task)
  } catch (error) {
    if (!isStale(error)) throw error
    const current = await readTask(tasks, task.id)
    if (!hasSameText(current, task)) throw new EditConflictError(current)
    return save(current)
  }
}

/** Deletes a task. One that is gone already counts as deleted. */
export async function sendDeletion(tasks: TasksClient, id: string): Promise<void> {
  const answer = await tasks.delete({ params: { id }, fetchOptions: outlivePage })
  if (answer.status !== 404) await unwrap(Promise.resolve(answer))
}

/** Brings a task back from the trash. */
export function sendRestoration(tasks: TasksClient, id: string): Promise<Task> {
  return unwrap(tasks.restore({ params: { id }, fetchOptions: outlivePage }))
}

/** Whether two versions of a task say the same. */
export function hasSameText(one: TaskText, other: TaskText): boolean {
  return one.title === other.title && one.description === other.description
}

function changedFields(task: Task, text: TaskText): Partial<TaskText> {
  return {
    ...(text.title !== task.title && { title: text.title }),
    ...(text.description !== task.description && { description: text.description }),
  }
}

function isStale(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'TASK_CHANGED'
}
