import type { QueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'
import { type FindKnownTask, taskKeys } from './task-queries.ts'

/**
 * Tasks that were completed or reopened while a view is open. They keep the `place` they had, so that nothing jumps
 * under the pointer, until the view is left.
 */
export type LingeringTasks = ReadonlyMap<string, { task: Task; place: Task }>

type TaskMove = { before: ReturnType<FindKnownTask>; after: Task }

/** A task whose status changes keeps its place in the lists it stands in; one that changes back needs none. */
export function keepPlaces(queryClient: QueryClient, moves: readonly TaskMove[]): void {
  setLingering(queryClient, (lingering) => {
    const kept = moves.flatMap(({ before, after }) => {
      const place = placeToKeep(lingering.get(after.id)?.place, before, after)
      return place === null ? [] : [[after.id, { task: after, place }] as const]
    })
    return kept.length === 0 ? lingering : new Map([...lingering, ...kept])
  })
}

/** Tasks that are gone have no place any more. */
export function losePlaces(queryClient: QueryClient, ids: ReadonlySet<string>): void {
  setLingering(queryClient, (lingering) => new Map([...lingering].filter(([id]) => !ids.has(id))))
}

/** Lets go of the places that tasks have kept: what was completed in a list of open tasks leaves it. */
export function clearLingering(queryClient: QueryClient): void {
  setLingering(queryClient, () => new Map())
}

function placeToKeep(
  kept: Task | undefined,
  before: ReturnType<FindKnownTask>,
  after: Task,
): Task | null {
  if (kept) return { ...after, isCompleted: kept.isCompleted, updatedAt: kept.updatedAt }
  return before && before.isCompleted !== after.isCompleted ? before : null
}

function setLingering(
  queryClient: QueryClient,
  change: (lingering: LingeringTasks) => LingeringTasks,
): void {
  queryClient.setQueryData<LingeringTasks>(taskKeys.lingering, (now) => change(now ?? new Map()))
}
