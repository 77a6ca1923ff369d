import type { Task } from '@tend/contracts'
import type { LingeringTasks } from './lingering-tasks.ts'
import { arrivingTask, type ListedTask, type TaskChange } from './task-changes.ts'
import { changeFields } from './task-fields.ts'
import { belongsTo, compareTasks, type TaskQuery } from './task-query.ts'

type Around = {
  /** Whether all of the list is loaded. */
  isWhole: boolean
  /** Another list of the same view. A task that keeps its place there does not stand here, too. */
  beside?: TaskQuery | undefined
  lingering: LingeringTasks
  /** In the order in which they were made. */
  changes: readonly TaskChange[]
}

/** Where a task stands may differ from what it says. */
type Shown = { task: ListedTask; place: Task }

/**
 * What a list shows: the tasks that are loaded, with the changes on their way. A change that fails needs no undoing: it is no longer
 * among the changes, and the list looks again as the server has it.
 */
export function showTasks(query: TaskQuery, loaded: readonly Task[], around: Around): ListedTask[] {
  const shown = new Map(loaded.map((task) => [task.id, { task, place: task } as Shown]))
  const end = around.isWhole ? undefined : loaded.at(-1)
  const put = (id: string, one: Shown) => {
    const isBeyond = end !== undefined && compareTasks(query.sort, one.place, end) > 0
    // What belongs behind the last loaded page comes with its own page.
    if (isBeyond && !shown.has(id)) return
    shown.set(id, one)
  }
  const isBeside = (place: Task) => around.beside !== undefined && belongsTo(around.beside, place)
  if (query.status !== 'deleted') {
    for (const [id, one] of around.lingering) {
      if (belongsTo(query, one.place)) put(id, one)
      else if (isBeside(one.place)) shown.delete(id)
    }
  }
  for (const change of around.changes) applyChange({ query, shown, put, isBeside }, change)
  return [...shown.values()]
    .sort((one, other) => compareTasks(query.sort, one.place, other.place))
    .map(({ task }) => task)
}

type ListBeingShown = {
  query: TaskQuery
  shown: Map<string, Shown>
  put: (id: string, one: Shown) => void
  isBeside: (place: Task) => boolean
}

function applyChange({ query, shown, put, isBeside }: ListBeingShown, change: TaskChange): void {
  if (change.kind === 'add') {
    const task = arrivingTask(change.key, change.task)
    if (belongsTo(query, task)) put(task.id, { task, place: task })
    return
  }
  for (const known of change.tasks) {
    const now = shown.get(known.id)
    if (change.kind === 'change') {
      const { isCompleted: _, ...moving } = change.fields
      const task = changeFields(now?.task ?? known, change.fields)
      // A tick alone moves nothing; what else is changed may.
      const place = changeFields(now?.place ?? known, now === undefined ? change.fields : moving)
      const isKeptBeside = now === undefined && isBeside(changeFields(known, moving))
      if (query.status !== 'deleted' && belongsTo(query, place) && !isKeptBeside)
        put(known.id, { task, place })
      else if (now !== undefined) shown.delete(known.id)
    } else if (change.kind === 'delete') {
      if (change.isPermanent || query.status !== 'deleted') shown.delete(known.id)
    } else if (query.status === 'deleted') shown.delete(known.id)
    else if (belongsTo(query, known)) put(known.id, now ?? { task: known, place: known })
  }
}
