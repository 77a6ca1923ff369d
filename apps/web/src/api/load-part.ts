import { NetworkError } from '@tend/contracts/client'

/**
 * Makes what fetches a part of the page's code when it is first asked for, once. Its promise rejects with a NetworkError when the part cannot be
 * fetched, and asked again it tries again.
 */
export function loadPart<Part>(fetchPart: () => Promise<Part>): () => Promise<Part> {
  let loading: Promise<Part> | null = null
  return () => {
    loading ??= fetchPart().catch((cause: unknown) => {
      loading = null
      throw new NetworkError('A part of the page could not be loaded', { cause })
    })
    return loading
  }
}
