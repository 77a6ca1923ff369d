import type { Task } from '@tend/contracts'
import type { TaskPages } from './task-queries.ts'
import { belongsTo, compareTasks, type TaskQuery } from './task-query.ts'

/** The pages with tasks where they belong, if they do. What belongs behind the last loaded page comes with its own. */
export function placeTasks(query: TaskQuery, pages: TaskPages, tasks: readonly Task[]): TaskPages {
  const lastPage = pages.pages.at(-1)
  const end = lastPage?.items.at(-1)
  const isLoaded = (task: Task) =>
    lastPage?.nextCursor === null || (end !== undefined && compareTasks(query.sort, task, end) <= 0)
  return tasks
    .filter((task) => belongsTo(query, task) && isLoaded(task))
    .reduce(
      (placed, task) => placeTask(query, placed, task),
      withoutTasks(pages, new Set(tasks.map(({ id }) => id))),
    )
}

function placeTask(query: TaskQuery, pages: TaskPages, task: Task): TaskPages {
  const isBehind = (item: Task) => compareTasks(query.sort, task, item) < 0
  const found = pages.pages.findIndex(({ items }) => items.some(isBehind))
  const page = found === -1 ? pages.pages.length - 1 : found
  return changePages(pages, (items, index) => {
    if (index !== page) return items
    const at = items.findIndex(isBehind)
    return items.toSpliced(at === -1 ? items.length : at, 0, task)
  })
}

/** The pages without some tasks. */
export function withoutTasks(pages: TaskPages, ids: ReadonlySet<string>): TaskPages {
  return changePages(pages, (items) =>
    items.some(({ id }) => ids.has(id)) ? items.filter(({ id }) => !ids.has(id)) : items,
  )
}

function changePages(
  { pages, pageParams }: TaskPages,
  change: (items: Task[], index: number) => Task[],
): TaskPages {
  return {
    pageParams,
    pages: pages.map((page, index) => {
      const items = change(page.items, index)
      return items === page.items ? page : { ...page, items }
    }),
  }
}
