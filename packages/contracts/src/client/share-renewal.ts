import { z } from 'zod'
import { type HeldToken, heldTokenSchema, type RenewalSharing } from './access-token-source.ts'
import { NetworkError, SessionEndedError } from './errors.ts'

const newsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('renewed'), token: heldTokenSchema }),
  z.object({ kind: z.literal('failed'), hasSessionEnded: z.boolean() }),
])

type News = z.infer<typeof newsSchema>

/** A page that holds the lock for longer, in milliseconds, is stuck; the others go on without it. */
const PATIENCE = 45_000

/** So long, in milliseconds, news may be on its way after the lock was let go. */
const LONGEST_WAY = 200

/**
 * Lets all pages of one person in one browser renew the access token with one request: a Web Lock decides which page
 * asks, and a BroadcastChannel hands its token, or its failure, on to those that wait. The token goes from memory to
 * memory and into no storage. Null where the browser has no Web Locks: each page then renews for itself.
 */
export function shareRenewal(userId: string): RenewalSharing | null {
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return null
  if (typeof BroadcastChannel === 'undefined') return null
  const { locks } = navigator
  const name = `tend.token.${userId}`
  const { tell, listen } = openNews(name)

  async function renewAndTell(request: () => Promise<HeldToken>): Promise<HeldToken> {
    try {
      const token = await request()
      tell({ kind: 'renewed', token })
      return token
    } catch (error) {
      tell({ kind: 'failed', hasSessionEnded: error instanceof SessionEndedError })
      throw error
    }
  }

  /** Waits for the page that is at it, or for its lock when it goes away without a word. */
  async function wait(
    request: () => Promise<HeldToken>,
    isUsable: (token: HeldToken) => boolean,
  ): Promise<HeldToken> {
    const leave = new AbortController()
    const signal = AbortSignal.any([leave.signal, AbortSignal.timeout(PATIENCE)])
    const news = waitForNews(listen, isUsable, leave.signal)
    const turn = locks.request(name, { signal }, async () => {
      const late = await Promise.race([news, sleep(LONGEST_WAY)])
      return late ?? renewAndTell(request)
    })
    try {
      return await Promise.race([news, turn])
    } catch (error) {
      if (error instanceof DOMException && error.name === 'TimeoutError') {
        return await renewAndTell(request)
      }
      throw error
    } finally {
      leave.abort()
      // Whichever of the two lost the race has nobody else to catch it.
      turn.catch(() => {})
      news.catch(() => {})
    }
  }

  return {
    async renew(request, isUsable) {
      const own = await locks.request(name, { ifAvailable: true }, (lock) =>
        lock === null ? null : renewAndTell(request),
      )
      return own ?? wait(request, isUsable)
    },
    onToken(listener) {
      listen((news) => {
        if (news.kind === 'renewed') listener(news.token)
      })
    },
  }
}

type Listen = (listener: (news: News) => void) => () => void

function openNews(name: string): { tell: (news: News) => void; listen: Listen } {
  const channel = new BroadcastChannel(name)
  const listeners = new Set<(news: News) => void>()
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const news = newsSchema.safeParse(data)
    if (news.success) for (const listener of listeners) listener(news.data)
  }
  return {
    tell: (news) => channel.postMessage(news),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function waitForNews(
  listen: Listen,
  isUsable: (token: HeldToken) => boolean,
  until: AbortSignal,
): Promise<HeldToken> {
  return new Promise((resolve, reject) => {
    const stop = listen((news) => {
      if (news.kind === 'failed') reject(failureOf(news.hasSessionEnded))
      else if (isUsable(news.token)) resolve(news.token)
    })
    until.addEventListener('abort', stop)
  })
}

function failureOf(hasSessionEnded: boolean): Error {
  if (hasSessionEnded) return new SessionEndedError('The session has ended; sign in again')
  return new NetworkError('Another page could not renew the access token')
}

function sleep(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null))
}
