import { NetworkError } from '@tend/contracts/client'
import type { readLine } from './read-line.ts'

type ReadLine = typeof readLine

let loading: Promise<ReadLine> | null = null

/**
 * Loads what reads dates, priorities and labels, once; it is too much for the first load of the page. Throws a NetworkError when it
 * could not be fetched, and tries again when asked again.
 */
export function loadReadLine(): Promise<ReadLine> {
  loading ??= import('./read-line.ts').then(
    (module) => module.readLine,
    (cause: unknown) => {
      loading = null
      throw new NetworkError('A part of the page could not be loaded', { cause })
    },
  )
  return loading
}
