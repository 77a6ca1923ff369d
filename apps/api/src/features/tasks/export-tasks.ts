import type { Task } from '@tend/contracts'
import type { TaskDatabase } from './task-database.ts'
import { listTasks } from './task-list-queries.ts'
import { findPlace, type TaskPlace } from './task-sort.ts'

const pageSize = 200

/** The formats of an export with their media types. */
export const exportMediaTypes = { json: 'application/json', csv: 'text/csv' }

/** The same with their parameters (RFC 7111, section 5.1). */
export const exportContentTypes = {
  json: exportMediaTypes.json,
  csv: `${exportMediaTypes.csv}; charset=utf-8; header=present`,
}

/** Writes all tasks outside the trash, oldest first, page by page. */
export function exportTasks(
  db: TaskDatabase,
  userId: string,
  { format, now }: { format: keyof typeof exportMediaTypes; now: Date },
): AsyncGenerator<string> {
  const pages = readPages(db, userId, now)
  return format === 'csv' ? writeCsv(pages) : writeJson(pages, now)
}

async function* readPages(db: TaskDatabase, userId: string, now: Date): AsyncGenerator<Task[]> {
  const conditions = { status: 'all', today: now.toISOString().slice(0, 10) } as const
  let after: TaskPlace | undefined
  let tasks: Task[]
  do {
    tasks = await listTasks(db, userId, conditions, { sort: 'oldest', limit: pageSize, after })
    yield tasks
    const last = tasks.at(-1)
    after = last && findPlace('oldest', last)
  } while (tasks.length === pageSize)
}

async function* writeJson(pages: AsyncGenerator<Task[]>, now: Date): AsyncGenerator<string> {
  let separator = `{"version":1,"exportedAt":"${now.toISOString()}","tasks":[`
  for await (const tasks of pages) {
    if (tasks.length === 0) continue
    yield separator + tasks.map((task) => JSON.stringify(task)).join(',')
    separator = ','
  }
  yield separator === ',' ? ']}' : `${separator}]}`
}

const columns = [
  ...(['id', 'title', 'description', 'isCompleted', 'dueDate', 'priority', 'labels'] as const),
  ...(['createdAt', 'updatedAt'] as const),
]

async function* writeCsv(pages: AsyncGenerator<Task[]>): AsyncGenerator<string> {
  // Without the byte order mark Excel takes UTF-8 for the machine's own code page.
  let head = `\ufeff${formatRow(columns)}`
  for await (const tasks of pages) {
    yield head + tasks.map(formatTask).join('')
    head = ''
  }
}

function formatTask(task: Task): string {
  return formatRow(
    columns.map((column) => {
      const value = task[column]
      return Array.isArray(value) ? value.join(', ') : String(value ?? '')
    }),
  )
}

/** One line of CSV (RFC 4180). */
function formatRow(cells: readonly string[]): string {
  return `${cells.map(formatCell).join(',')}\r\n`
}

/**
 * Quotes a cell. A spreadsheet would run a text that begins like a formula: an apostrophe keeps it a text (OWASP, "CSV
 * injection").
 */
function formatCell(text: string): string {
  const safe = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
