import type { Task } from '@tend/contracts'
import stringWidth from 'fast-string-width'
import { describeDay } from './due-day.ts'
import { clean, paint } from './output.ts'
import { shortId, shortIdLength } from './short-id.ts'

type Cell = { text: string; style?: Parameters<typeof paint>[0] }

const priorityStyles = { none: 'dim', low: 'blue', medium: 'yellow', high: 'red' } as const

/** Writes tasks as a table. Titles are cut so that lines fit into `columns`; without it nothing is cut. */
export function formatTaskTable(tasks: readonly Task[], today: string, columns?: number): string[] {
  const length = shortIdLength(tasks.map(({ id }) => id))
  const rows = tasks.map((task): Cell[] => [
    { text: shortId(task.id, length), style: 'dim' },
    { text: task.isCompleted ? 'done' : '' },
    { text: clean(task.title), ...(task.isCompleted && { style: 'dim' }) },
    describeDue(task, today),
    { text: task.priority === 'none' ? '' : task.priority, style: priorityStyles[task.priority] },
    { text: formatLabels(task), style: 'cyan' },
  ])
  const header = ['ID', '', 'TITLE', 'DUE', 'PRIORITY', 'LABELS'].map(
    (text): Cell => ({ text, style: 'bold' }),
  )
  return alignColumns([header, ...rows], columns)
}

/** One task in one line: `k3f9d2  buy milk  due tomorrow, high, #home`. */
export function formatTaskLine(task: Task, today: string): string {
  const details = [
    ...(task.dueDate === null ? [] : [`due ${describeDay(task.dueDate, today)}`]),
    ...(task.priority === 'none' ? [] : [task.priority]),
    ...(task.labels.length === 0 ? [] : [formatLabels(task)]),
  ]
  const parts = [paint('dim', shortId(task.id)), clean(task.title), details.join(', ')]
  return parts.filter((part) => part !== '').join('  ')
}

/** A task with everything there is to it. */
export function formatTaskDetails(task: Task, today: string): string[] {
  const moment = (timestamp: string) => new Date(timestamp).toLocaleString()
  const facts: [string, string][] = [
    ['id', task.id],
    ['state', task.isCompleted ? 'done' : 'open'],
    ['due', task.dueDate === null ? '' : describeDueFully(task.dueDate, today)],
    ['priority', task.priority === 'none' ? '' : task.priority],
    ['labels', formatLabels(task)],
    ['created', moment(task.createdAt)],
    ['changed', moment(task.updatedAt)],
  ]
  return [
    paint('bold', clean(task.title)),
    ...facts.flatMap(([name, value]) =>
      value === '' ? [] : [`${paint('dim', name.padEnd(10))}${value}`],
    ),
    ...(task.description ? ['', clean(task.description, { lines: true })] : []),
  ]
}

function formatLabels({ labels }: Task): string {
  return labels.map((label) => `#${clean(label)}`).join(' ')
}

function describeDueFully(day: string, today: string): string {
  const near = describeDay(day, today)
  return near === day ? day : `${day} (${near})`
}

function describeDue({ dueDate, isCompleted }: Task, today: string): Cell {
  if (dueDate === null) return { text: '' }
  const isOverdue = !isCompleted && dueDate < today
  return { text: describeDay(dueDate, today), ...(isOverdue && { style: 'red' }) }
}

const GAP = '  '
const TITLE = 2
const NARROWEST_TITLE = 16

function alignColumns(rows: Cell[][], columns = Number.POSITIVE_INFINITY): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => stringWidth(row[at]?.text ?? ''))),
  )
  const total = widths.reduce((sum, width) => sum + width + (width > 0 ? GAP.length : 0), 0)
  const title = Math.max(
    (widths[TITLE] ?? 0) - Math.max(0, total - GAP.length - columns),
    NARROWEST_TITLE,
  )
  return rows.map((row) =>
    row
      .flatMap(({ text, style }, at) => {
        const width = at === TITLE ? Math.min(title, widths[at] ?? 0) : (widths[at] ?? 0)
        if (width === 0) return []
        const shown = at === TITLE ? cut(text, width) : text
        const padding = ' '.repeat(width - stringWidth(shown))
        return [`${style && shown ? paint(style, shown) : shown}${padding}`]
      })
      .join(GAP)
      .trimEnd(),
  )
}

function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
  while (stringWidth(characters.join('')) > width - 1) characters.pop()
  return `${characters.join('')}…`
}
