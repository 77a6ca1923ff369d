import { NetworkError } from '@tend/contracts/client'
import type { parseQuickAdd } from '@tend/quick-add'

type ParseQuickAdd = typeof parseQuickAdd

let loading: Promise<ParseQuickAdd> | null = null

/**
 * Loads what reads dates, priorities and labels, once; it is too much for the first load of the page. Throws a NetworkError when it
 * could not be fetched, and tries again when asked again.
 */
export function loadQuickAdd(): Promise<ParseQuickAdd> {
  loading ??= import('@tend/quick-add').then(
    (module) => module.parseQuickAdd,
    (cause: unknown) => {
      loading = null
      throw new NetworkError('A part of the page could not be loaded', { cause })
    },
  )
  return loading
}
