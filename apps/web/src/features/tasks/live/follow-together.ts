import { type FollowedEvent, NetworkError, SessionEndedError } from '@tend/contracts/client'
import { isFollowedEvent } from './is-followed-event.ts'
import { watchPresence } from './watch-presence.ts'

/** After an answer that a new try would hardly change, in milliseconds. */
const LONG_PAUSE = 60_000

/** After the connection was missing before following could begin, in milliseconds. */
const PAUSE = 5_000

type FollowTogetherOptions = {
  /** Whose tasks these are. */
  userId: string
  follow: (signal: AbortSignal) => AsyncIterable<FollowedEvent>
  onEvent: (event: FollowedEvent) => void
  onSessionEnd: () => void
}

/**
 * Follows the tasks with one connection for all pages of the person in this browser, which over HTTP/1.1 has six for everything:
 * a Web Lock decides which page follows, and a BroadcastChannel hands on what it is told. A page that is left lets go of it; back again,
 * it is told to read anew. Without Web Locks each page follows for itself. Returns how to stop.
 */
export function followTogether(options: FollowTogetherOptions): () => void {
  const { userId, follow, onEvent, onSessionEnd } = options
  const name = `tend.tasks.${userId}`
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isFollowedEvent(data)) onEvent(data)
  }

  function tell(event: FollowedEvent): void {
    channel.postMessage(event)
    onEvent(event)
  }

  async function lead(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const event of follow(signal)) tell(event)
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof SessionEndedError) return onSessionEnd()
        const pause = error instanceof NetworkError ? PAUSE : LONG_PAUSE
        tell({ type: 'stream.lost', retryIn: pause })
        await sleep(pause, signal)
      }
    }
  }

  async function takePart(signal: AbortSignal): Promise<void> {
    if (!('locks' in navigator)) return lead(signal)
    const isFree = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await lead(signal)
      return lock !== null
    })
    if (isFree || signal.aborted) return
    // What happened before this page began to listen was told to others.
    onEvent({ type: 'stream.open', isResumed: false })
    await navigator.locks.request(name, { signal }, () => lead(signal))
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
