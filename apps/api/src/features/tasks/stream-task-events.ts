import type { Logger } from '@tend/runtime/logger'
import type { TaskFollower } from './create-task-feed.ts'
import type { ChangePlace } from './task-change-queries.ts'
import { formatPlace, type PlacedEvent, TaskChangeReader } from './task-changes.ts'
import type { TaskDatabase } from './task-database.ts'

/** Time between two signs of life, in milliseconds. Proxies drop a connection that is silent for longer. */
export const HEARTBEAT = 15_000

/** How long the client should wait before it comes back, in milliseconds. */
const RETRY = 1_000

/** Whose changes, from which place on, with a sign of life after so many silent milliseconds. */
type TaskEventsOptions = {
  db: TaskDatabase
  userId: string
  place: ChangePlace
  heartbeat: number
  log: Logger
}

/**
 * The changes of one person as Server-Sent Events, from a place on, until the follower ends. Nothing is read ahead of
 * what the connection takes: a slow reader holds one page and gets the state of each task that is the latest by then.
 *
 * Source: HTML, "Server-sent events".
 */
export async function* streamTaskEvents(
  follower: TaskFollower,
  { db, userId, place, heartbeat, log }: TaskEventsOptions,
): AsyncGenerator<string> {
  const reader = new TaskChangeReader(db, userId, place)
  const ended = new Promise<void>((resolve) => {
    if (follower.ended.aborted) resolve()
    follower.ended.addEventListener('abort', () => resolve(), { once: true })
  })
  try {
    // With its place, so that a stream on which nothing has happened yet can be resumed, too.
    yield `retry: ${RETRY}\nid: ${formatPlace(place)}\n\n`
    while (!follower.ended.aborted) {
      const change = follower.nextChange()
      for await (const events of reader.read()) yield events.map(formatEvent).join('')
      const isChanged = await waitFor(change, ended, heartbeat)
      if (!isChanged && !follower.ended.aborted) yield ': still here\n\n'
    }
  } catch (error) {
    // The client comes back and goes on where it was.
    log.warn({ err: error }, 'a stream of task events broke off')
  } finally {
    follower.end()
  }
}

function formatEvent({ event, place }: PlacedEvent): string {
  return `id: ${formatPlace(place)}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

/** Waits for a change, the end, or the time of a heartbeat; tells whether it was a change. */
async function waitFor(
  change: Promise<void>,
  ended: Promise<void>,
  heartbeat: number,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, heartbeat, false)
  })
  try {
    return await Promise.race([change.then(() => true), ended.then(() => false), silence])
  } finally {
    clearTimeout(timer)
  }
}
