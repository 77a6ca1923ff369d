import { compareLabels, type Task, type TaskCounts, type TaskSummary } from '@tend/contracts'
import { arrivingTask, type TaskChange } from './task-changes.ts'
import { changeFields } from './task-fields.ts'

/** How many tasks there are, in all and by view and label. */
export type TaskTotals = TaskCounts & TaskSummary

/** Where a task is: in the lists, in the trash, or nowhere. */
export type Whereabouts = Task | 'trash' | null

/** The totals after a task came from one state into another. `today` is the date for which they were counted. */
export function shiftTotals(
  totals: TaskTotals,
  today: string,
  before: Whereabouts,
  after: Whereabouts,
): TaskTotals {
  const minus = countOne(before, today)
  const plus = countOne(after, today)
  const shift = (name: Count) => Math.max(0, totals[name] - minus[name] + plus[name])
  return {
    open: shift('open'),
    completed: shift('completed'),
    overdue: shift('overdue'),
    deleted: shift('deleted'),
    today: shift('today'),
    upcoming: shift('upcoming'),
    labels: shiftLabels(totals.labels, labelsOf(before), labelsOf(after)),
  }
}

/** The totals as they will be once the changes on their way have arrived. `find` tells where a task is known to be now. */
export function foreseeTotals(
  totals: TaskTotals,
  today: string,
  changes: readonly TaskChange[],
  find: (id: string) => Whereabouts | undefined,
): TaskTotals {
  const states = new Map<string, Whereabouts>()
  return changes.reduce((sum, change) => {
    if (change.kind === 'add') {
      return shiftTotals(sum, today, null, arrivingTask(change.key, change.task))
    }
    return change.tasks.reduce((current, task) => {
      const { id } = task
      const known = states.has(id) ? states.get(id) : find(id)
      const before = known === undefined ? startOf(change, task) : known
      const after = outcomeOf(change, before, task)
      states.set(id, after)
      return shiftTotals(current, today, before, after)
    }, sum)
  }, totals)
}

function startOf(change: ChangeOfTasks, task: Task): Whereabouts {
  const isInTrash = change.kind === 'restore' || (change.kind === 'delete' && change.isPermanent)
  return isInTrash ? 'trash' : task
}

type ChangeOfTasks = Exclude<TaskChange, { kind: 'add' }>

function outcomeOf(change: ChangeOfTasks, before: Whereabouts, task: Task): Whereabouts {
  switch (change.kind) {
    case 'change':
      return isListed(before) ? changeFields(before, change.fields) : before
    case 'delete':
      return change.isPermanent ? null : 'trash'
    case 'restore':
      return isListed(before) ? before : task
  }
}

type Count = 'open' | 'completed' | 'overdue' | 'deleted' | 'today' | 'upcoming'

function countOne(state: Whereabouts, today: string): Record<Count, number> {
  const isOpen = isListed(state) && !state.isCompleted
  const dueDate = isOpen ? state.dueDate : null
  return {
    open: Number(isOpen),
    completed: Number(isListed(state) && state.isCompleted),
    overdue: Number(dueDate !== null && dueDate < today),
    deleted: Number(state === 'trash'),
    today: Number(dueDate !== null && dueDate <= today),
    upcoming: Number(dueDate !== null && dueDate > today),
  }
}

function labelsOf(state: Whereabouts): string[] {
  return isListed(state) && !state.isCompleted ? state.labels : []
}

function isListed(state: Whereabouts): state is Task {
  return state !== null && state !== 'trash'
}

function shiftLabels(
  labels: TaskSummary['labels'],
  minus: string[],
  plus: string[],
): TaskSummary['labels'] {
  if (minus.length === 0 && plus.length === 0) return labels
  const open = new Map(labels.map((entry) => [entry.label, entry.open]))
  for (const label of minus) open.set(label, (open.get(label) ?? 0) - 1)
  for (const label of plus) open.set(label, (open.get(label) ?? 0) + 1)
  return [...open]
    .flatMap(([label, count]) => (count > 0 ? [{ label, open: count }] : []))
    .sort((one, other) => compareLabels(one.label, other.label))
}
