import type { Mutation, QueryClient } from '@tanstack/react-query'
import type { TaskChange } from './task-changes.ts'

/** The key of every mutation that sends a {@link TaskChange}. */
export const taskChangeKey = ['task-change'] as const

/** A mutation that sends a change of tasks. */
export type TaskMutation = Mutation<unknown, Error, TaskChange>

/** The changes on their way, in the order in which they were made. */
export function listChanges(queryClient: QueryClient): TaskChange[] {
  return queryClient
    .getMutationCache()
    .findAll({ mutationKey: taskChangeKey, status: 'pending' })
    .flatMap(({ state: { variables } }) => (isTaskChange(variables) ? [variables] : []))
}

/** Whether a task is on its way out. */
export function isGoing(queryClient: QueryClient, id: string): boolean {
  return listChanges(queryClient).some(
    (change) => change.kind === 'delete' && change.tasks.some((task) => task.id === id),
  )
}

/** Waits until no change of a kind is on its way; without a kind, until none is. */
export function changesToEnd(queryClient: QueryClient, kind?: TaskChange['kind']): Promise<void> {
  const isOver = () =>
    !listChanges(queryClient).some((change) => kind === undefined || change.kind === kind)
  return new Promise((resolve) => {
    if (isOver()) return resolve()
    const stop = queryClient.getMutationCache().subscribe(() => {
      if (!isOver()) return
      stop()
      resolve()
    })
  })
}

/** The key says so already; this tells it to the compiler. */
function isTaskChange(variables: unknown): variables is TaskChange {
  return typeof variables === 'object' && variables !== null && 'kind' in variables
}
