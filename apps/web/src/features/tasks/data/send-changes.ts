import { type BulkTasks, type CreateTask, type Task, taskETag } from '@tend/contracts'
import type { CallTasks } from '../../../api/create-tend.ts'
import { isProblem } from '../../../api/is-problem.ts'
import { differingFields, isEmpty, type TaskFields, valuesOf } from './task-fields.ts'
import { readTask } from './task-queries.ts'

/** Somebody else changed, after they were read here, the very fields that were to be changed. */
export class EditConflictError extends Error {
  override readonly name = 'EditConflictError'
  readonly current: Task

  constructor(current: Task) {
    super('The task was changed elsewhere')
    this.current = current
  }
}

// What is sent in the moment in which a page is left still arrives, once the page has its client and its access token.
// Browsers allow it for small bodies only: fields may be long notes, and many tasks take several requests, so these two are
// sent without.
const outlivePage = { keepalive: true }

/** Adds a task. Sent again under the same key, it adds nothing new and answers the same task. */
export function sendAddition(call: CallTasks, key: string, task: CreateTask): Promise<Task> {
  return call(({ tasks }) =>
    tasks.create({
      body: task,
      headers: { 'idempotency-key': key },
      fetchOptions: outlivePage,
    }),
  )
}

/**
 * Makes a task completed or open, whatever it is now: the route only flips, so it is sent for the version that is
 * known, and a task that was flipped elsewhere in between is left alone.
 */
export async function sendCompletion(
  call: CallTasks,
  task: Task,
  isCompleted: boolean,
): Promise<Task> {
  if (task.isCompleted === isCompleted) return task
  const flip = (known: Task) =>
    call(({ tasks }) =>
      tasks.toggle({
        params: { id: known.id },
        headers: { 'if-match': taskETag(known) },
        fetchOptions: outlivePage,
      }),
    )
  try {
    return await flip(task)
  } catch (error) {
    if (!isProblem(error, 'TASK_CHANGED')) throw error
    const current = await readTask(call, task.id)
    return current.isCompleted === isCompleted ? current : flip(current)
  }
}

/**
 * Changes fields of a task. Throws an {@link EditConflictError} when those very fields were changed elsewhere since `task`
 * was read; other changes in between are no conflict.
 */
export async function sendFields(call: CallTasks, task: Task, fields: TaskFields): Promise<Task> {
  const body = differingFields(task, fields)
  if (isEmpty(body)) return task
  const save = (known: Task) =>
    call(({ tasks }) =>
      tasks.update({ params: { id: known.id }, headers: { 'if-match': taskETag(known) }, body }),
    )
  try {
    return await save(task)
  } catch (error) {
    if (!isProblem(error, 'TASK_CHANGED')) throw error
    const current = await readTask(call, task.id)
    if (isEmpty(differingFields(current, body))) return current
    if (!isEmpty(differingFields(current, valuesOf(task, body)))) {
      throw new EditConflictError(current)
    }
    return save(current)
  }
}

/** Moves a task to the trash. One that is gone already counts as deleted. */
export async function sendDeletion(call: CallTasks, id: string): Promise<void> {
  try {
    await call(({ tasks }) => tasks.delete({ params: { id }, fetchOptions: outlivePage }))
  } catch (error) {
    if (!isProblem(error, 'TASK_NOT_FOUND')) throw error
  }
}

/** Brings a task back from the trash. */
export function sendRestoration(call: CallTasks, id: string): Promise<Task> {
  return call(({ tasks }) => tasks.restore({ params: { id }, fetchOptions: outlivePage }))
}

/** As many tasks as the API takes at once. */
const BULK_SIZE = 100

/** The ids of the tasks that were reached, and why it was not gone on with the last few, if so. */
export type BulkOutcome = { reached: string[]; failure: { error: Error; left: number } | null }

/** Does one thing to any number of tasks. Throws when it fails without having reached any. */
export async function sendBulk(
  call: CallTasks,
  action: BulkTasks['action'],
  ids: readonly string[],
): Promise<BulkOutcome> {
  const reached: string[] = []
  for (let start = 0; start < ids.length; start += BULK_SIZE) {
    const body = { action, ids: ids.slice(start, start + BULK_SIZE) }
    try {
      reached.push(...(await call(({ tasks }) => tasks.bulk({ body }))).updated)
    } catch (error) {
      if (reached.length === 0 || !(error instanceof Error)) throw error
      return { reached, failure: { error, left: ids.length - start } }
    }
  }
  return { reached, failure: null }
}
