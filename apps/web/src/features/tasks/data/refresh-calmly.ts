import type { QueryClient } from '@tanstack/react-query'

/** After one reading, the next comes no earlier than so many milliseconds later. */
const REST = 300

/** What was read a moment ago, and whether it is wanted again since. */
const resting = new WeakMap<QueryClient, Map<string, { isWanted: boolean }>>()

/**
 * Reads something again at once, but not again and again: when many tasks change in a moment, as when the trash is emptied, what comes
 * in the rest after a reading makes one more reading at its end.
 */
export function refreshCalmly(queryClient: QueryClient, name: string, refresh: () => void): void {
  const rests = resting.get(queryClient) ?? new Map<string, { isWanted: boolean }>()
  resting.set(queryClient, rests)
  const rest = rests.get(name)
  if (rest !== undefined) {
    rest.isWanted = true
    return
  }
  const begun = { isWanted: false }
  rests.set(name, begun)
  refresh()
  setTimeout(() => {
    rests.delete(name)
    if (begun.isWanted) refreshCalmly(queryClient, name, refresh)
  }, REST)
}
