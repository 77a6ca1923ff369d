import type { QueryClient } from '@tanstack/react-query'
import { changesToEnd, listChanges } from './changes-on-their-way.ts'

const settlements = new WeakMap<QueryClient, number>()

/** Notes that a change has come into the cache: reads begun earlier are not to be believed. */
export function noteSettlement(queryClient: QueryClient): void {
  settlements.set(queryClient, countSettlements(queryClient) + 1)
}

/**
 * Reads from the server until nothing was changed meanwhile: an answer that was overtaken by a change may be from before it, and
 * would take the change back on the page. After three tries the last answer has to do.
 */
export async function readUndisturbed<Answer>(
  queryClient: QueryClient,
  read: () => Promise<Answer>,
  { waitForChanges = false } = {},
): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    if (waitForChanges) await changesToEnd(queryClient)
    const before = countSettlements(queryClient)
    const answer = await read()
    const isOvertaken =
      countSettlements(queryClient) !== before ||
      (waitForChanges && listChanges(queryClient).length > 0)
    if (!isOvertaken || tries === 3) return answer
  }
}

function countSettlements(queryClient: QueryClient): number {
  return settlements.get(queryClient) ?? 0
}
