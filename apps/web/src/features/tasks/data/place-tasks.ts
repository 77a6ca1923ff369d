import type { Task } from '@tend/contracts'
import type { TaskPages } from './task-queries.ts'
import { belongsTo, compareTasks, type TaskQuery } from './task-query.ts'

/** The pages with tasks where they belong, if they do. What belongs behind the last loaded page comes with its own. */
export function placeTasks(query: TaskQuery, pages: TaskPages, tasks: readonly Task[]): TaskPages {
  const lastPage = pages.pages.at(-1)
  const end = lastPage?.items.at(-1)
  const isLoaded = (task: Task) =>
    lastPage?.nextCursor === null || (end !== undefined && compareTasks(query.sort, task, end) <= 0)
  const coming = tasks
    .filter((task) => belongsTo(query, task) && isLoaded(task))
    .sort((one, other) => compareTasks(query.sort, one, other))
  let next = 0
  return changePages(withoutTasks(pages, new Set(tasks.map(({ id }) => id))), (items, index) => {
    // One pass over both, for an import or a bulk change brings thousands of tasks into a list of thousands.
    const merged: Task[] = []
    for (const item of items) {
      for (let task = coming[next]; task !== undefined; task = coming[next]) {
        if (compareTasks(query.sort, task, item) > 0) break
        merged.push(task)
        next += 1
      }
      merged.push(item)
    }
    const isLast = index === pages.pages.length - 1
    const placed = isLast ? merged.concat(coming.slice(next)) : merged
    return placed.length === items.length ? items : placed
  })
}

/** The pages without some tasks. */
export function withoutTasks(pages: TaskPages, ids: ReadonlySet<string>): TaskPages {
  return changePages(pages, (items) =>
    items.some(({ id }) => ids.has(id)) ? items.filter(({ id }) => !ids.has(id)) : items,
  )
}

/**
 * Whether the last loaded task has left pages that more follow. The next page begins behind it, so what comes to stand between it and
 * the one that is last now would be on no page until the list is read again.
 */
export function hasLostEnd(before: TaskPages, now: TaskPages): boolean {
  return now.pages.at(-1)?.nextCursor !== null && endOf(now)?.id !== endOf(before)?.id
}

function endOf({ pages }: TaskPages): Task | undefined {
  return pages.findLast(({ items }) => items.length > 0)?.items.at(-1)
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
