import { type FollowedEvent, NetworkError, SessionEndedError } from '@tend/contracts/client'
import { isFollowedEvent } from './is-followed-event.ts'
import { watchPresence } from './watch-presence.ts'

/** After an answer that a new try would hardly change, in milliseconds. */
const LONG_PAUSE = 60_000

/** After what follows could not be fetched, in milliseconds. */
const PAUSE = 5_000

/** Follows the tasks until the signal ends it. */
type Follow = (signal: AbortSignal) => AsyncIterable<FollowedEvent>

type FollowTogetherOptions = {
  /** Whose tasks these are. */
  userId: string
  /** Gets what follows. It is called again after a NetworkError. */
  open: () => Promise<Follow>
  onEvent: (event: FollowedEvent) => void
  onSessionEnd: () => void
}

/**
 * Follows the tasks with one connection for all pages of the person in this browser, which over HTTP/1.1 has six for everything:
 * a Web Lock decides which page follows, and a BroadcastChannel hands on what it is told. A page that is left lets go of it; back again,
 * it is told to read anew. Without Web Locks each page follows for itself. Returns how to stop.
 */
export function followTogether(options: FollowTogetherOptions): () => void {
  const { userId, open, onEvent, onSessionEnd } = options
  const name = `tend.tasks.${userId}`
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isFollowedEvent(data)) onEvent(data)
  }

  function tell(event: FollowedEvent): void {
    channel.postMessage(event)
    onEvent(event)
  }

  async function openRepeatedly(signal: AbortSignal): Promise<Follow | null> {
    while (!signal.aborted) {
      try {
        return await open()
      } catch (error) {
        if (!(error instanceof NetworkError)) throw error
        if (signal.aborted) break
        onEvent({ type: 'stream.lost', retryIn: PAUSE })
        await sleep(PAUSE, signal)
      }
    }
    return null
  }

  async function lead(follow: Follow, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const event of follow(signal)) tell(event)
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof SessionEndedError) return onSessionEnd()
        tell({ type: 'stream.lost', retryIn: LONG_PAUSE })
        await sleep(LONG_PAUSE, signal)
      }
    }
  }

  async function takePart(signal: AbortSignal): Promise<void> {
    // Before the lock: a page that cannot follow yet is not to keep another one from it.
    const follow = await openRepeatedly(signal)
    if (follow === null || signal.aborted) return
    if (!('locks' in navigator)) return lead(follow, signal)
    const isFree = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await lead(follow, signal)
      return lock !== null
    })
    if (isFree || signal.aborted) return
    // What happened before this page began to listen was told to others.
    onEvent({ type: 'stream.open', isResumed: false })
    await navigator.locks.request(name, { signal }, () => lead(follow, signal))
  }

  let part = new AbortController()
  const begin = () => {
    part = new AbortController()
    takePart(part.signal).catch(ignoreAbort)
  }
  const stopWatching = watchPresence({ onReturn: begin, onLeave: () => part.abort() })
  begin()

  return () => {
    stopWatching()
    part.abort()
    channel.close()
  }
}

/** Waits; an abort ends the wait early. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => resolve())
  })
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
}
