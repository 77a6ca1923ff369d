import type { QueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'

/**
 * Tasks that were completed or reopened while a view is open. They keep the `place` they had, so that nothing jumps
 * under the pointer, until the view is left.
 */
export type LingeringTasks = ReadonlyMap<string, { task: Task; place: Task }>

/** The key under which they are cached. */
export const lingeringKey = ['tasks', 'lingering'] as const

type TaskMove = { before: Task | null | undefined; after: Task }

/** A task whose status changes keeps its place in the lists it stands in, also when it changes back. */
export function keepPlaces(queryClient: QueryClient, moves: readonly TaskMove[]): void {
  setLingering(queryClient, (lingering) => {
    const kept = moves.flatMap(({ before, after }) => {
      const place = placeToKeep(lingering.get(after.id)?.place, before, after)
      return place === null ? [] : [[after.id, { task: after, place }] as const]
    })
    return kept.length === 0 ? lingering : new Map([...lingering, ...kept])
  })
}

/** Shows tasks in the places they keep as they were read now, which may be before a live event tells of it, or without one. */
export function updateLingering(queryClient: QueryClient, read: readonly Task[]): void {
  setLingering(queryClient, (lingering) => {
    const newer = read.flatMap((task) => {
      const kept = lingering.get(task.id)
      if (kept === undefined || kept.task.updatedAt >= task.updatedAt) return []
      return [[task.id, { task, place: placeKept(kept.place, task) }] as const]
    })
    return newer.length === 0 ? lingering : new Map([...lingering, ...newer])
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

function placeToKeep(kept: Task | undefined, before: TaskMove['before'], after: Task): Task | null {
  if (kept) return placeKept(kept, after)
  return before && before.isCompleted !== after.isCompleted ? before : null
}

/** What else has changed may move a task. */
function placeKept({ isCompleted, updatedAt }: Task, task: Task): Task {
  return { ...task, isCompleted, updatedAt }
}

function setLingering(
  queryClient: QueryClient,
  change: (lingering: LingeringTasks) => LingeringTasks,
): void {
  queryClient.setQueryData<LingeringTasks>(lingeringKey, (now) => change(now ?? new Map()))
}
