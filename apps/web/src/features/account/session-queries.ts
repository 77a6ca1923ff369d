import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Session } from '@tend/contracts'
import type { Call } from '../../api/create-tend.ts'

const sessionsKey = ['sessions'] as const

/** Where the person is signed in: here first, then the latest used. */
export function sessionListOptions(call: Call) {
  return queryOptions({
    queryKey: sessionsKey,
    queryFn: async ({ signal }) => {
      const { items } = await call(({ account }) =>
        account.listSessions({ fetchOptions: { signal } }),
      )
      const isOther = ({ isCurrent }: Session) => !isCurrent
      return [...items.filter(({ isCurrent }) => isCurrent), ...items.filter(isOther)]
    },
  })
}

/** Reads the sessions again. */
export function refreshSessions(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: sessionsKey })
}

/** Takes ended sessions off the list without asking the server. */
export function keepSessions(
  queryClient: QueryClient,
  isLeft: (session: Session) => boolean,
): void {
  queryClient.setQueryData<Session[]>(sessionsKey, (sessions) => sessions?.filter(isLeft))
}
