import { MutationCache, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query'
import { NetworkError, ProblemError, SessionEndedError } from '@tend/contracts/client'
import { isProblem } from './is-problem.ts'

// By default each notification waits for a timer of its own, so the browser may paint between a new value and the
// end of its pending change, and show a row twice. As microtasks they all land before the next paint.
notifyManager.setScheduler(queueMicrotask)

/** Makes the cache of a page. `onSessionEnded` is called when any call finds that the person is signed out. */
export function createQueryClient(onSessionEnded: () => void): QueryClient {
  const onError = (error: Error) => {
    if (isProblem(error, 'NO_SESSION') || error instanceof SessionEndedError) onSessionEnded()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Calls are tried even while the browser believes to be offline: a refusal at once is more honest
      // than a change that waits unseen and is lost with the tab.
      queries: {
        networkMode: 'always',
        staleTime: 30_000,
        refetchOnReconnect: true,
        retry: (count, error) => count < 2 && isPassing(error),
        retryDelay: (count) => 400 * 2 ** count,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

function isPassing(error: Error): boolean {
  if (error instanceof ProblemError) return error.problem.status === 503
  return error instanceof NetworkError
}
