import { MutationObserver, notifyManager, type QueryClient } from '@tanstack/react-query'
import type { BulkTasks, CreateTask, Task } from '@tend/contracts'
import type { CallTasks } from '../../../api/create-tend.ts'
import { taskChangeKey } from './changes-on-their-way.ts'
import { createLanes } from './create-lanes.ts'
import {
  type BulkOutcome,
  sendAddition,
  sendBulk,
  sendCompletion,
  sendDeletion,
  sendFields,
  sendRestoration,
} from './send-changes.ts'
import {
  refreshTasks,
  settleDeletion,
  settleDeletions,
  settleTask,
  settleTasks,
} from './settle-tasks.ts'
import type { TaskChange } from './task-changes.ts'
import { differingFields, isEmpty, type TaskFields, valuesOf } from './task-fields.ts'
import { findKnownTask, indexKnownTasks } from './task-queries.ts'

/**
 * Sends changes of tasks. While one is on its way, lists and totals show it as done; its answer is taken over everywhere. Each promise rejects
 * when the change did not come through, with what the call throws, and the page shows again what the server has.
 */
export function createTaskSender(call: CallTasks, queryClient: QueryClient) {
  const inOrder = createLanes()

  /** Shows the change from now until its answer is there. */
  function run<Answer>(
    change: TaskChange,
    lanes: readonly string[],
    send: () => Promise<Answer>,
    settle: (answer: Answer) => void,
  ): Promise<Answer> {
    const observer = new MutationObserver<Answer, Error, TaskChange>(queryClient, {
      mutationKey: taskChangeKey,
      mutationFn: () => inOrder(lanes, send),
      onSuccess: settle,
      // The answer may have been lost on its way back, with the change in place.
      onError: () => refreshTasks(queryClient),
    })
    return observer.mutate(change)
  }

  /** The newest version known, unless the fields in question are no longer as the person saw them. */
  function baseOf(task: Task, fields: TaskFields): Task {
    const known = findKnownTask(queryClient, task.id)
    return known && isEmpty(differingFields(known, valuesOf(task, fields))) ? known : task
  }

  /** Takes over the answer to a change of one task, unless live events have told meanwhile that the task is gone. */
  function settleChange(changed: Task): void {
    if (findKnownTask(queryClient, changed.id) === null) refreshTasks(queryClient)
    else settleTask(queryClient, changed)
  }

  return {
    /** Adds a task, one after the other, so that tasks stand in the order in which they were written. */
    add: (key: string, task: CreateTask): Promise<Task> =>
      run(
        { kind: 'add', key, task },
        ['add'],
        () => sendAddition(call, key, task),
        (added) => settleTask(queryClient, added, null),
      ),

    /** Changes fields of a task, on the ground of the version that the person saw. Rejects with an EditConflictError. */
    change: (task: Task, fields: TaskFields): Promise<Task> =>
      run(
        { kind: 'change', tasks: [task], fields },
        [task.id],
        () => sendFields(call, baseOf(task, fields), fields),
        settleChange,
      ),

    complete: (task: Task, isCompleted: boolean): Promise<Task> =>
      run(
        // Undoing hands in the task as it was before; it stands where its newest version does.
        {
          kind: 'change',
          tasks: [findKnownTask(queryClient, task.id) ?? task],
          fields: { isCompleted },
        },
        [task.id],
        () => sendCompletion(call, findKnownTask(queryClient, task.id) ?? task, isCompleted),
        settleChange,
      ),

    delete: (task: Task): Promise<void> => {
      const find = () => findKnownTask(queryClient, task.id)
      let sentFor = find()
      return run(
        { kind: 'delete', tasks: [task], isPermanent: false },
        [task.id],
        () => {
          sentFor = find()
          return sendDeletion(call, task.id)
        },
        () => {
          const known = find()
          settleDeletion(queryClient, task.id, 'trash')
          // Live events have told of a newer version, which may be one that was restored since.
          if (known && known.updatedAt !== sentFor?.updatedAt) refreshTasks(queryClient)
        },
      )
    },

    restore: (task: Task): Promise<Task> =>
      run(
        { kind: 'restore', tasks: [task] },
        [task.id],
        () => sendRestoration(call, task.id),
        (restored) => settleTask(queryClient, restored, 'trash'),
      ),

    /** Does one thing to several tasks. Rejects when it reached none; when it stopped half-way, the outcome says so. */
    bulk: (action: BulkTasks['action'], several: Task[]): Promise<BulkOutcome> => {
      const ids = several.map(({ id }) => id)
      return run(
        bulkChange(action, several),
        ids,
        () => sendBulk(call, action, ids),
        ({ reached }) => settleBulk(queryClient, action, several, new Set(reached)),
      )
    },
  }
}

function bulkChange(action: BulkTasks['action'], tasks: Task[]): TaskChange {
  if (action === 'delete') return { kind: 'delete', tasks, isPermanent: false }
  if (action === 'restore') return { kind: 'restore', tasks }
  return { kind: 'change', tasks, fields: { isCompleted: action === 'complete' } }
}

/** The answer names no versions: they are read afterwards, and until then each task counts as a moment younger. */
function settleBulk(
  queryClient: QueryClient,
  action: BulkTasks['action'],
  tasks: Task[],
  reached: Set<string>,
): void {
  const find = indexKnownTasks(queryClient)
  const changed = tasks.filter(({ id }) => reached.has(id))
  notifyManager.batch(() => {
    if (action === 'delete') {
      const ids = changed.map(({ id }) => id)
      return settleDeletions(queryClient, ids, 'trash')
    }
    const versions = changed.map((task) => {
      const known = find(task.id) ?? task
      const isCompleted = action === 'restore' ? known.isCompleted : action === 'complete'
      const updatedAt = new Date(Date.parse(known.updatedAt) + 1).toISOString()
      return { ...known, isCompleted, updatedAt }
    })
    settleTasks(queryClient, versions, action === 'restore' ? 'trash' : undefined)
  })
  refreshTasks(queryClient)
}
