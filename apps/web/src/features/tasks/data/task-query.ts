import type { ListTasksQuery, Task } from '@tend/contracts'

/** Which tasks a list asks the API for, and in which order. Two lists with the same query share one cache entry. */
export type TaskQuery = Readonly<
  Pick<ListTasksQuery, 'status' | 'sort'> & {
    q?: string
    label?: string
    /** Due on this very day, `YYYY-MM-DD`. */
    dueOn?: string
  }
>

/** The query as the API's list route takes it. */
export function toListQuery({ dueOn, ...query }: TaskQuery) {
  return dueOn === undefined ? query : { ...query, due: 'today' as const, today: dueOn }
}

/** Whether a task that is not in the trash stands in the list. */
export function belongsTo({ status, q, label, dueOn }: TaskQuery, task: Task): boolean {
  if (status === 'deleted') return false
  if (status !== 'all' && task.isCompleted !== (status === 'completed')) return false
  if (label !== undefined && !task.labels.includes(label)) return false
  if (dueOn !== undefined && task.dueDate !== dueOn) return false
  return (
    q === undefined || foldCase(`${task.title}\n${task.description ?? ''}`).includes(foldCase(q))
  )
}

/** The order of two tasks in a list: below zero when `one` comes first. Equals the order of the API's pages. */
export function compareTasks(sort: TaskQuery['sort'], one: Task, other: Task): number {
  const { key, direction } = orders[sort]
  return direction * (compare(key(one), key(other)) || compare(one.id, other.id))
}

const priorityRanks: Record<Task['priority'], number> = { none: 0, low: 1, medium: 2, high: 3 }

type Order = { key: (task: Task) => string | number; direction: 1 | -1 }

const orders: Record<TaskQuery['sort'], Order> = {
  newest: { key: () => 0, direction: -1 },
  oldest: { key: () => 0, direction: 1 },
  // No year has five digits: tasks without a date come last.
  due: { key: (task) => task.dueDate ?? '9999-99-99', direction: 1 },
  priority: { key: (task) => priorityRanks[task.priority], direction: -1 },
  title: { key: titleKey, direction: 1 },
  updated: { key: (task) => task.updatedAt, direction: -1 },
}

/** What titles are ordered by, worked out once for each task: a list of thousands compares each many times. */
const titleKeys = new WeakMap<Task, string>()

function titleKey(task: Task): string {
  const known = titleKeys.get(task)
  if (known !== undefined) return known
  const key = orderByCodePoints(task.title.normalize('NFKD').toUpperCase())
  titleKeys.set(task, key)
  return key
}

/**
 * JavaScript compares by UTF-16 units, which puts the surrogates of characters beyond U+FFFF before U+E000; the API compares bytes of
 * UTF-8, which is the order of code points. Here the surrogates change places with the units above them.
 */
function orderByCodePoints(text: string): string {
  return text.replace(/[\uD800-\uFFFF]/g, (unit) => {
    const code = unit.charCodeAt(0)
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800)
  })
}

function compare<T extends string | number>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function foldCase(text: string): string {
  return text.normalize('NFC').toUpperCase()
}
