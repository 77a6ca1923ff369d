import type { ListTasksQuery, Task } from '@tend/contracts'
import { connect } from '../connection.ts'
import { readToday } from '../due-day.ts'
import { formatTaskTable } from '../format-tasks.ts'
import { listAllTasks } from '../list-all-tasks.ts'
import { note, print, printJson } from '../output.ts'

export type ListTasksOptions = Partial<
  Pick<ListTasksQuery, 'status' | 'due' | 'label' | 'q' | 'sort'>
> & {
  profile?: string | undefined
  limit?: number | undefined
  all?: true | undefined
  json?: true | undefined
}

const USUAL_LIMIT = 50

/** Prints the tasks that the options choose, as a table or as the contract's page. */
export async function listTasks({
  profile,
  limit,
  all,
  json,
  ...filters
}: ListTasksOptions): Promise<void> {
  const { tend } = await connect(profile)
  const today = readToday()
  const most = all ? Number.POSITIVE_INFINITY : (limit ?? USUAL_LIMIT)
  const items: Task[] = []
  let nextCursor: string | null = null
  for await (const page of listAllTasks(tend, { status: 'open', ...filters, today }, most)) {
    items.push(...page.items)
    nextCursor = page.nextCursor
  }
  if (json) return printJson({ items, nextCursor })
  if (items.length === 0) return note('No tasks.')
  const columns = process.stdout.isTTY ? process.stdout.columns : undefined
  for (const line of formatTaskTable(items, today, columns)) print(line)
  if (nextCursor !== null) note(`There are more: --all shows every task, --limit so many.`)
}
