import type { ListTasksQuery, TaskPage } from '@tend/contracts'
import { type TendClient, unwrap } from '@tend/contracts/client'

/** The contract's largest page. */
const PAGE = 100

/** Reads a list page by page, until its end or until `limit` tasks have come. */
export async function* listAllTasks(
  tend: TendClient,
  query: Partial<Omit<ListTasksQuery, 'limit' | 'cursor'>>,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<TaskPage> {
  let cursor: string | undefined
  let left = limit
  do {
    const page = await unwrap(
      tend.tasks.list({ query: { ...query, limit: Math.min(PAGE, left), cursor } }),
    )
    yield page
    left -= page.items.length
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && left > 0)
}
