import type { ListedTask } from '../data/task-changes.ts'
import { taskButtonId } from './task-title.tsx'

/**
 * Focuses one of these tasks, if it can be without scrolling, or any other when all of them have left the list. Tells whether there was one.
 */
export function focusOneOf(tasks: readonly ListedTask[]): boolean {
  const rows = tasks.flatMap(({ id }) => document.getElementById(taskButtonId(id)) ?? [])
  const anyRow = document.querySelector<HTMLElement>('[data-task] [id^=task-]')
  const row = rows.find(isInSight) ?? rows[0] ?? anyRow
  row?.focus()
  return row !== null
}

function isInSight(row: HTMLElement): boolean {
  const { top, bottom } = row.getBoundingClientRect()
  return top >= 0 && bottom <= window.innerHeight
}
