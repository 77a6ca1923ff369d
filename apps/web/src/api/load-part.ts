import { NetworkError } from '@tend/contracts/client'

/** As long as the client waits for an answer, in milliseconds: what needs a part is not to wait unseen until the page is closed. */
const LONGEST_WAIT = 30_000

/**
 * Makes what fetches a part of the page's code when it is first asked for, once. Its promise rejects with a NetworkError when the part cannot be
 * fetched or has not come after half a minute, and asked again it tries again.
 */
export function loadPart<Part>(fetchPart: () => Promise<Part>): () => Promise<Part> {
  let loading: Promise<Part> | null = null
  return () => {
    loading ??= inTime(fetchPart()).catch((cause: unknown) => {
      loading = null
      throw new NetworkError('A part of the page could not be loaded', { cause })
    })
    return loading
  }
}

function inTime<Part>(fetching: Promise<Part>): Promise<Part> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error(`Nothing came within ${LONGEST_WAIT} ms`))
    const timer = setTimeout(giveUp, LONGEST_WAIT)
    fetching.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
