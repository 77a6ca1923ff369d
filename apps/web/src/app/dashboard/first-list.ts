import { type DehydratedState, dehydrate } from '@tanstack/react-query'
import { createTasksClientWithToken } from '@tend/contracts/client'
import { createQueryClient } from '../../api/query-client.ts'
import type { SignedIn } from '../../auth/current-session.ts'
import { getEnvironment } from '../../env.ts'
import { taskListOptions } from '../../features/tasks/data/task-queries.ts'

/** After this many milliseconds the browser takes over, with its own words for waiting and failing. */
const PATIENCE = 3000

/**
 * Reads the first page of the list for the person, as the browser will find it in its cache. When the API is away or
 * slow, the cache stays empty and the browser asks again.
 */
export async function readFirstList({ accessToken }: SignedIn): Promise<DehydratedState> {
  const queryClient = createQueryClient(() => {})
  const tasks = createTasksClientWithToken(getEnvironment().API_URL, accessToken.accessToken)
  const patience = setTimeout(() => void queryClient.cancelQueries(), PATIENCE)
  await queryClient.prefetchInfiniteQuery({
    ...taskListOptions(tasks, { status: 'all', sort: 'newest' }),
    retry: false,
  })
  clearTimeout(patience)
  return dehydrate(queryClient)
}
