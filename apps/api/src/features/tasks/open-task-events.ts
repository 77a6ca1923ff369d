import { ACCESS_TOKEN_CLOCK_TOLERANCE } from '@tend/contracts/access-token'
import { ProblemError } from '../../errors/problem-error.ts'
import type { StreamedResponse } from '../../http/contract-adapter.ts'
import { streamText } from '../../http/stream-text.ts'
import type { TaskFollower } from './create-task-feed.ts'
import { HEARTBEAT, streamTaskEvents } from './stream-task-events.ts'
import type { ChangePlace } from './task-change-queries.ts'
import { findCurrentPlace, parsePlace } from './task-changes.ts'
import type { Caller, TaskRoutesOptions } from './task-routes-options.ts'

/**
 * Opens the stream of a person's task events. It ends with the session and with the token, after which the client comes back
 * with a new one. Throws problems: 422 for an event id to which nothing can be added, 429 for too many streams.
 */
export async function openTaskEvents(
  options: TaskRoutesOptions,
  caller: Caller,
  { lastEventId, isHead }: { lastEventId: string | undefined; isHead: boolean },
): Promise<StreamedResponse> {
  const { db, log, taskFeed } = options
  const place = await findStart(options, lastEventId)
  const answer = { status: 200, headers: eventHeaders } as const
  if (isHead) return { ...answer, stream: new ReadableStream() }
  const follower = taskFeed.follow(caller.userId)
  if (follower === null) throw tooManyStreams()
  await endWithSession(options, caller, follower)
  const { userId } = caller
  const events = streamTaskEvents(follower, { db, userId, place, heartbeat: HEARTBEAT, log })
  return {
    ...answer,
    stream: streamText(events, { onCancel: follower.end, ended: follower.ended }),
  }
}

const eventHeaders = {
  'Content-Type': 'text/event-stream',
  // Proxies such as nginx hold a body back unless they are told not to.
  'X-Accel-Buffering': 'no',
}

async function findStart(
  { db }: TaskRoutesOptions,
  lastEventId: string | undefined,
): Promise<ChangePlace> {
  const current = await findCurrentPlace(db)
  if (lastEventId === undefined) return current
  const place = parsePlace(lastEventId)
  // Transactions that have not been yet are those of another database: it was restored from a copy.
  if (place !== null && place.xid <= current.xid) return place
  const message = 'Is not the id of an event of this server: connect without it and read all again'
  throw new ProblemError('VALIDATION_FAILED', {
    errors: [{ path: ['headers', 'last-event-id'], code: 'unknown_event', message }],
  })
}

async function endWithSession(
  { endedSessions, clock }: TaskRoutesOptions,
  { sessionId, expiresAt }: Caller,
  follower: TaskFollower,
): Promise<void> {
  const lifetime = expiresAt + ACCESS_TOKEN_CLOCK_TOLERANCE * 1000 - clock()
  const expiry = setTimeout(follower.end, lifetime)
  const forget = endedSessions.onEnded(sessionId, follower.end)
  follower.ended.addEventListener('abort', () => {
    clearTimeout(expiry)
    forget()
  })
  try {
    // It may have ended since the token was looked at.
    if (await endedSessions.has(sessionId)) follower.end()
  } catch (error) {
    follower.end()
    throw error
  }
}

function tooManyStreams(): ProblemError {
  return new ProblemError('RATE_LIMITED', {
    detail: 'There are too many open streams: close one first.',
    headers: { 'Retry-After': '10' },
  })
}
