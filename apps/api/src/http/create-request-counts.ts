import { LRUCache } from 'lru-cache'

/** What a user has left of the limit; `timeLeft` of the window is in milliseconds. */
export type Usage = { isAllowed: boolean; remaining: number; timeLeft: number }

/** Requests of one user that the other processes do not know of yet, in a window that began so many milliseconds ago. */
export type UnsharedRequests = { userId: string; added: number; elapsed: number }

/** All requests of one user in the window, by every process, and what is left of it in milliseconds. */
export type SharedCount = { userId: string; total: number; timeLeft: number }

/** Adds to the counts that all processes share, and gives them. */
export type Exchange = (requests: UnsharedRequests[]) => Promise<SharedCount[]>

/** Counts the requests of users. */
export type RequestCounts = {
  /** Counts a request if it is within the limit; waits only while too many of the user's are unshared. */
  take(userId: string): Usage | Promise<Usage>
}

/** `known` is what all processes had counted at the last exchange; `sending` and `unshared` came on top here. */
type Count = { known: number; sending: number; unshared: number; endsAt: number }

type RequestCountsOptions = {
  /** Requests in a window, which begins with a user's first one and lasts so many milliseconds. */
  limit: number
  window: number
  exchange: Exchange
}

const mostUsers = 100_000

/** Of the limit: so many requests are shared in the background, and so many at most are not. */
const sharedFrom = 0.01
const unsharedUpTo = 0.02

/** How long an exchange may keep requests waiting, and how long none waits after one that took longer or failed. In milliseconds. */
const longestWait = 250
const pause = 1_000

/**
 * Counts in memory, and shares a user's count with the other processes for each hundredth of the limit: whoever sends less costs
 * nothing, and each further process lets through at most two hundredths too many. While the exchange fails, each process
 * counts alone.
 */
export function createRequestCounts(options: RequestCountsOptions): RequestCounts {
  const { limit, window, exchange } = options
  const shareFrom = Math.max(1, Math.floor(limit * sharedFrom))
  const mostUnshared = Math.max(1, Math.floor(limit * unsharedUpTo))
  const counts = new LRUCache<string, Count>({ max: mostUsers })
  const waiting = new Map<string, Count>()
  let underWay: Promise<void> | undefined
  let pausedUntil = 0

  function findCount(userId: string, now: number): Count {
    const known = counts.get(userId)
    if (known !== undefined && known.endsAt > now) return known
    const count = { known: 0, sending: 0, unshared: 0, endsAt: now + window }
    counts.set(userId, count)
    return count
  }

  function take(userId: string): Usage | Promise<Usage> {
    const now = performance.now()
    const count = findCount(userId, now)
    const isBehind = count.sending + count.unshared >= mostUnshared
    if (isBehind && now >= pausedUntil && !isUsedUp(count)) {
      waiting.set(userId, count)
      return share().then(() => take(userId))
    }
    const isAllowed = !isUsedUp(count)
    if (isAllowed) count.unshared += 1
    if (count.unshared >= shareFrom) {
      waiting.set(userId, count)
      if (now >= pausedUntil) share()
    }
    const remaining = Math.max(0, limit - total(count))
    return { isAllowed, remaining, timeLeft: count.endsAt - now }
  }

  const isUsedUp = (count: Count) => total(count) >= limit

  /** Exchanges, one at a time. Resolves when there is something new to know, or when it takes too long to wait for. */
  function share(): Promise<void> {
    underWay ??= new Promise((resolve) => {
      const timer = setTimeout(() => {
        // Nobody waits until it is over: it may be the database that is slow.
        pausedUntil = Number.POSITIVE_INFINITY
        resolve()
      }, longestWait)
      send().then((isShared) => {
        clearTimeout(timer)
        underWay = undefined
        if (!isShared || pausedUntil === Number.POSITIVE_INFINITY) {
          pausedUntil = performance.now() + pause
        }
        resolve()
      })
    })
    return underWay
  }

  async function send(): Promise<boolean> {
    const sent = new Map(waiting)
    waiting.clear()
    const now = performance.now()
    const requests: UnsharedRequests[] = []
    for (const [userId, count] of sent) {
      requests.push({ userId, added: count.unshared, elapsed: window - (count.endsAt - now) })
      count.sending = count.unshared
      count.unshared = 0
    }
    try {
      for (const { userId, total, timeLeft } of await exchange(requests)) {
        const count = sent.get(userId)
        if (count === undefined) continue
        count.known = total
        count.sending = 0
        count.endsAt = performance.now() + timeLeft
      }
      return true
    } catch {
      return false
    } finally {
      // What did not get through goes with the next exchange.
      for (const count of sent.values()) {
        count.unshared += count.sending
        count.sending = 0
      }
    }
  }

  return { take }
}

function total({ known, sending, unshared }: Count): number {
  return known + sending + unshared
}
