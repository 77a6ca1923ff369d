import type { Task } from '@tend/contracts'
import { headDay } from '../data/describe-due-date.ts'
import type { ListedTask } from '../data/task-changes.ts'
import { belongsTo, type TaskQuery } from '../data/task-query.ts'
import type { View } from './view-params.ts'

/** A part of a view, under a heading of its own. */
export type Section = {
  id: string
  heading: string | null
  /** Whether the heading says when its tasks are due, so that they need not. */
  isOneDay: boolean
  tasks: ListedTask[]
}

/** Open tasks in the order of their dates: Today is the beginning of this list, Upcoming what follows. */
const byDate: TaskQuery = { status: 'open', sort: 'due' }

/** The list that a view reads. */
export function listOf({ view, label, q, sort, status }: View): TaskQuery {
  if (q !== null) return { status: status ?? 'all', sort: sort ?? 'newest', q }
  if (label !== null) return { status: status ?? 'open', sort: sort ?? 'newest', label }
  switch (view) {
    case 'all':
      return { status: status ?? 'all', sort: sort ?? 'newest' }
    case 'today':
    case 'upcoming':
      return byDate
    case 'completed':
      return { status: 'completed', sort: 'updated' }
    case 'trash':
      return { status: 'deleted', sort: 'updated' }
  }
}

/** What is done of today stands at the end of Today. */
export function doneList(today: string): TaskQuery {
  return { status: 'completed', sort: 'updated', dueOn: today }
}

/** Whether the view is that of the trash. */
export function isTrash({ view, label, q }: View): boolean {
  return q === null && label === null && view === 'trash'
}

/** Whether a view is one of things to do, so that all may be done in it. */
export function isForDoing(view: View): boolean {
  const { status } = listOf(view)
  return view.q === null && status !== 'completed' && status !== 'deleted'
}

/** Whether the view goes by days. */
function isByDay({ view, label, q }: View): boolean {
  return q === null && label === null && (view === 'today' || view === 'upcoming')
}

/** Whether a view shows a task that is not in the trash. */
export function holdsTask(view: View, task: Task, today: string): boolean {
  if (!belongsTo(listOf(view), task)) return isToday(view) && belongsTo(doneList(today), task)
  if (!isByDay(view)) return true
  if (task.dueDate === null) return false
  return isToday(view) ? task.dueDate <= today : task.dueDate > today
}

/** Whether a view can be filtered and ordered; the others are what they are. */
export function canFilter({ view, label, q }: View): boolean {
  return q !== null || label !== null || view === 'all'
}

/** Whether a view shows both what is done and what is to be done of today. */
export function isToday({ view, label, q }: View): boolean {
  return q === null && label === null && view === 'today'
}

/** Whether tasks behind this one, the last that is loaded, can belong to the view. */
export function goesOnAfter(view: View, last: ListedTask | undefined, today: string): boolean {
  if (!isByDay(view) || last === undefined) return true
  if (last.dueDate === null) return false
  return !isToday(view) || last.dueDate <= today
}

/** The tasks of a view in its sections; none is empty. */
export function sectionsOf(
  view: View,
  tasks: ListedTask[],
  done: ListedTask[],
  today: string,
): Section[] {
  if (!isByDay(view)) return withoutEmpty([plainSection(tasks)])
  if (!isToday(view)) return daysOf(tasks, today)
  // While a tick is on its way, each of the two lists may hold the task, the one read before it and the other after it.
  const ids = new Set(done.map(({ id }) => id))
  const open = tasks.filter(({ id }) => !ids.has(id))
  const overdue = open.filter(({ dueDate }) => dueDate !== null && dueDate < today)
  const due = [...open.filter(({ dueDate }) => dueDate === today), ...done]
  return withoutEmpty([
    { id: 'overdue', heading: 'Overdue', isOneDay: false, tasks: overdue },
    { id: 'today', heading: overdue.length > 0 ? 'Today' : null, isOneDay: true, tasks: due },
  ])
}

function plainSection(tasks: ListedTask[]): Section {
  return { id: 'tasks', heading: null, isOneDay: false, tasks }
}

function daysOf(tasks: ListedTask[], today: string): Section[] {
  const days = new Map<string, ListedTask[]>()
  for (const task of tasks) {
    if (task.dueDate === null || task.dueDate <= today) continue
    const day = days.get(task.dueDate)
    if (day === undefined) days.set(task.dueDate, [task])
    else day.push(task)
  }
  return [...days].map(([day, of]) => ({
    id: day,
    heading: headDay(day, today),
    isOneDay: true,
    tasks: of,
  }))
}

function withoutEmpty(sections: Section[]): Section[] {
  return sections.filter(({ tasks }) => tasks.length > 0)
}
