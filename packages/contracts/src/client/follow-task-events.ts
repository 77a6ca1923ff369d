import { type TaskEvent, taskEventSchema } from '../task.ts'
import { tasksContract } from '../tasks-contract.ts'
import { NetworkError, ProblemError, UnexpectedAnswerError } from './errors.ts'
import { type AuthorizedApi, fetchAuthorized } from './fetch-authorized.ts'
import {
  createEventStreamParser,
  type EventStreamParser,
  type ServerSentEvent,
} from './server-sent-events.ts'

/**
 * What following the tasks tells: each change, and how the connection fares. `stream.open` with `isResumed` says that no change was
 * missed; without it, what was read before may be old and is to be read again. After `stream.lost` the next try comes in
 * `retryIn` milliseconds. A server that ends a connection in order, as it does when an access token ends, is not lost.
 */
export type FollowedEvent =
  | TaskEvent
  | { type: 'stream.open'; isResumed: boolean }
  | { type: 'stream.lost'; retryIn: number }

/** How to follow; `signal` ends it without an error. */
export type FollowTaskEventsOptions = {
  signal?: AbortSignal
  /** The server sends something at least every 15 seconds; after this many milliseconds of silence the connection counts as dead. */
  silenceLimit?: number
  /** The first wait before a new connection, in milliseconds; it doubles up to 30 seconds. */
  firstDelay?: number
}

const LONGEST_DELAY = 30_000
const names = new Set<string>(taskEventSchema.options.map(({ shape }) => shape.type.value))

/**
 * Follows the changes of the person's tasks for as long as the session lives, over as many connections as that takes, each
 * resuming where the last one ended. Throws a SessionEndedError, a ProblemError that a new try would not change, or an UnexpectedAnswerError.
 */
export async function* followTaskEvents(
  api: AuthorizedApi,
  { signal, silenceLimit = 45_000, firstDelay = 1000 }: FollowTaskEventsOptions = {},
): AsyncGenerator<FollowedEvent, void, undefined> {
  let place = ''
  let delay = firstDelay
  while (!signal?.aborted) {
    const connection = createConnection(silenceLimit, signal)
    const openedAt = Date.now()
    let lost: unknown = null
    try {
      const response = await connection.within(open(api, place, connection.signal))
      yield { type: 'stream.open', isResumed: place !== '' }
      for await (const { events, lastEventId } of readEvents(response, connection.within)) {
        for (const event of events) if (names.has(event.name)) yield parseTaskEvent(event)
        place = lastEventId || place
        if (events.length > 0) delay = firstDelay
      }
    } catch (error) {
      if (signal?.aborted) return
      if (place !== '' && isUnknownPlace(error)) place = ''
      else if (!isPassing(error)) throw error
      lost = error
    } finally {
      connection.close()
    }
    if (Date.now() - openedAt > LONGEST_DELAY) delay = firstDelay
    const retryAfter = lost instanceof ProblemError ? lost.retryAfter : null
    const retryIn = retryAfter === null ? delay * (0.5 + Math.random() / 2) : retryAfter * 1000
    delay = Math.min(delay * 2, LONGEST_DELAY)
    if (lost !== null) yield { type: 'stream.lost', retryIn }
    await sleep(retryIn, signal)
  }
}

function open(api: AuthorizedApi, place: string, signal: AbortSignal): Promise<Response> {
  return fetchAuthorized(api, tasksContract.events.path, {
    mediaType: 'text/event-stream',
    headers: place === '' ? {} : { 'last-event-id': place },
    signal,
  })
}

/** One connection: it ends with the caller's signal, and when a step of it takes longer than `limit` milliseconds. */
function createConnection(limit: number, callerSignal: AbortSignal | undefined) {
  const own = new AbortController()
  const signal = callerSignal ? AbortSignal.any([callerSignal, own.signal]) : own.signal
  return {
    signal,
    /** Waits for a step. The clock stands still between steps, while the caller is busy with an event. */
    async within<T>(step: Promise<T>): Promise<T> {
      const timer = setTimeout(() => own.abort(new NetworkError('The stream went silent')), limit)
      try {
        return await step
      } finally {
        clearTimeout(timer)
      }
    },
    close: () => own.abort(),
  }
}

async function* readEvents(
  response: Response,
  within: <T>(step: Promise<T>) => Promise<T>,
): AsyncGenerator<{ events: ServerSentEvent[]; lastEventId: string }> {
  if (response.body === null) return
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  const parser = createEventStreamParser()
  while (true) {
    const { done, value } = await within(reader.read())
    if (done) return
    const events = parse(parser, decoder.decode(value, { stream: true }))
    yield { events, lastEventId: parser.lastEventId }
  }
}

function parse(parser: EventStreamParser, chunk: string): ServerSentEvent[] {
  try {
    return parser.push(chunk)
  } catch (error) {
    throw new UnexpectedAnswerError('The stream of events is not in the contract', { cause: error })
  }
}

function parseTaskEvent({ data, name }: ServerSentEvent): TaskEvent {
  try {
    return taskEventSchema.parse(JSON.parse(data))
  } catch (error) {
    throw new UnexpectedAnswerError(`An event ${name} is not in the contract`, { cause: error })
  }
}

/** The server cannot tell what came after the last event: its database was restored, or is another one. */
function isUnknownPlace(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'VALIDATION_FAILED'
}

/** Whether a new connection may do better: the network failed, or the server asked to come back. */
function isPassing(error: unknown): boolean {
  if (error instanceof ProblemError)
    return error.problem.status === 429 || error.problem.status >= 500
  const isTransport = error instanceof TypeError || error instanceof DOMException
  return isTransport || error instanceof NetworkError
}

/** Waits; an abort ends the wait early. */
function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
  })
}
