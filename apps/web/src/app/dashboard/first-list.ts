import { type DehydratedState, dehydrate } from '@tanstack/react-query'
import { callWithToken } from '../../api/call-with-token.ts'
import { createQueryClient } from '../../api/query-client.ts'
import type { SignedIn } from '../../auth/current-session.ts'
import { getEnvironment } from '../../env.ts'
import {
  taskListOptions,
  taskOptions,
  taskTotalsOptions,
} from '../../features/tasks/data/task-queries.ts'
import { doneList, isToday, listOf } from '../../features/tasks/views/view-lists.ts'
import type { View } from '../../features/tasks/views/view-params.ts'

/** After this many milliseconds the browser takes over, with its own words for waiting and failing. */
const PATIENCE = 3000

/**
 * Reads what the view shows first for the person, as the browser will find it in its cache. When the API is away or slow, the cache
 * stays empty and the browser asks again.
 */
export async function readFirstList(
  { accessToken }: SignedIn,
  view: View,
  today: string,
): Promise<DehydratedState> {
  const queryClient = createQueryClient(() => {})
  const call = callWithToken(getEnvironment().API_URL, accessToken.accessToken)
  const patience = setTimeout(() => void queryClient.cancelQueries(), PATIENCE)
  const once = { retry: false }
  await Promise.all([
    queryClient.prefetchInfiniteQuery({ ...taskListOptions(call, listOf(view)), ...once }),
    queryClient.prefetchQuery({ ...taskTotalsOptions(call, today), ...once }),
    isToday(view) &&
      queryClient.prefetchInfiniteQuery({ ...taskListOptions(call, doneList(today)), ...once }),
    view.task !== null && queryClient.prefetchQuery({ ...taskOptions(call, view.task), ...once }),
  ])
  clearTimeout(patience)
  return dehydrate(queryClient)
}
