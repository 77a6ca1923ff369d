// What a page has to know of tasks before anything is fetched. The schemas are made of it. It takes no schema library along, which
// is most of what the contract weighs.
import type { TextRule } from './text-rule.ts'

/** The rules of a task's texts, and of what is searched for in them. */
export const taskTextRules = {
  title: { min: 1, max: 200, trim: true },
  description: { min: 0, max: 10_000, trim: false },
  label: { min: 1, max: 30, trim: true },
  search: { min: 1, max: 200, trim: true },
} as const satisfies Record<string, TextRule>

/** As many labels as a task can have. */
export const MOST_LABELS = 10

/** How much a task can matter, from the least to the most. */
export const priorities = ['none', 'low', 'medium', 'high'] as const

/** Which tasks a list can hold. */
export const taskStatuses = ['open', 'completed', 'all', 'deleted'] as const

/** The orders a list can have. */
export const taskSorts = ['newest', 'oldest', 'due', 'priority', 'title', 'updated'] as const

/** Whether a text is a day of the calendar, as in `2026-11-21`. PostgreSQL knows no year 0. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '0001') return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
