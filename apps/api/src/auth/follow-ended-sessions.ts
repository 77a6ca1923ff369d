import { setTimeout as sleep } from 'node:timers/promises'
import { ACCESS_TOKEN_CLOCK_TOLERANCE } from '@tend/contracts/access-token'
import type { DatabaseSchema } from '@tend/database/database-schema'
import { listen } from '@tend/database/listen'
import type { Logger } from '@tend/runtime/logger'
import { type Kysely, sql } from 'kysely'

/** Knows which sessions have ended while access tokens of theirs may still be about. */
export type EndedSessions = {
  /** Answers at once from memory; asks the database only while it may have missed something. */
  has(sessionId: string): boolean | Promise<boolean>
  /** Whether `has` answers from memory alone. */
  isUpToDate(): boolean
  /**
   * Calls back once when the session ends, or when nobody could tell any more; the function it gives takes that back.
   * Within two seconds, also when the announcements of ended sessions are lost.
   */
  onEnded(sessionId: string, callback: () => void): () => void
  stop(): Promise<void>
}

/** What the feed needs; times are in milliseconds unless they say otherwise. */
export type EndedSessionsOptions = {
  db: Kysely<DatabaseSchema<string>>
  /** The same database as `db`: listening takes a connection of its own. */
  databaseUrl: string
  /** Life of an access token in seconds. */
  timeToLive: number
  log: Logger
}

/** With the heartbeat of half a second this keeps the promise of two seconds, whatever the network does. */
const LONGEST_SILENCE = 1_500

/** A transaction that ends a session may be open this long before others see it. In seconds. */
const LONGEST_TRANSACTION = 120

const TIDY_EVERY = 60_000

/** How often the sessions of open streams are looked up while their ends may go unheard. */
const LOOK_UP_EVERY = 200

/** How long that may take: more, and the two seconds would be over. */
const LONGEST_LOOK_UP = 250

/**
 * Follows the sessions that end, in whatever process: PostgreSQL announces each, and the latest are loaded at the start and after
 * every lost connection. They are kept as long as a token of theirs can live.
 *
 * Source: OWASP ASVS 5.0, 7.4.1.
 */
export function followEndedSessions(options: EndedSessionsOptions): EndedSessions {
  const { db, log } = options
  const keepFor = options.timeToLive + ACCESS_TOKEN_CLOCK_TOLERANCE + LONGEST_TRANSACTION
  const forgetAt = new Map<string, number>()
  const callbacks = new Map<string, Set<() => void>>()
  const callBack = (sessionId: string) => {
    for (const callback of callbacks.get(sessionId) ?? []) callback()
    callbacks.delete(sessionId)
  }
  const remember = (sessionId: string) => {
    forgetAt.set(sessionId, Date.now() + keepFor * 1000)
    callBack(sessionId)
  }

  const listener = listen(options.databaseUrl, {
    channels: ['tend_session_ended'],
    onNotification: (_channel, sessionId) => remember(sessionId),
    onConnected: async () => {
      for (const sessionId of await selectEndedSessions(db, keepFor)) remember(sessionId)
    },
    onLost: (error) => log.warn({ err: error }, 'the feed of ended sessions is interrupted'),
  })

  const tidying = setInterval(() => {
    const now = Date.now()
    for (const [sessionId, moment] of forgetAt) if (moment < now) forgetAt.delete(sessionId)
    deleteForgottenSessions(db).catch((error: unknown) =>
      log.warn({ err: error }, 'tidying failed'),
    )
  }, TIDY_EVERY)
  tidying.unref()

  const isUpToDate = () => listener.silence() <= LONGEST_SILENCE

  let isWatching = false
  const watching = setInterval(async () => {
    if (isWatching || callbacks.size === 0 || isUpToDate()) return
    isWatching = true
    const waiting = [...callbacks.keys()]
    const ended = await Promise.race([
      selectEndedAmong(db, waiting).catch(() => null),
      sleep(LONGEST_LOOK_UP, null, { ref: false }),
    ])
    // Whose session may have ended unheard is cut off as well: the client comes back, and is asked for its token.
    for (const sessionId of ended ?? waiting) callBack(sessionId)
    isWatching = false
  }, LOOK_UP_EVERY)
  watching.unref()

  return {
    isUpToDate,
    has(sessionId) {
      if (forgetAt.has(sessionId)) return true
      return isUpToDate() ? false : isEndedSession(db, sessionId)
    },
    onEnded(sessionId, callback) {
      const waiting = callbacks.get(sessionId) ?? new Set()
      callbacks.set(sessionId, waiting.add(callback))
      return () => {
        waiting.delete(callback)
        if (waiting.size === 0 && callbacks.get(sessionId) === waiting) callbacks.delete(sessionId)
      }
    },
    async stop() {
      clearInterval(tidying)
      clearInterval(watching)
      await listener.stop()
    },
  }
}

async function selectEndedSessions(db: Kysely<DatabaseSchema<string>>, seconds: number) {
  const rows = await db
    .selectFrom('ended_session')
    .select('session_id')
    .where('ended_at', '>', sql<string>`now() - make_interval(secs => ${seconds})`)
    .execute()
  return rows.map(({ session_id }) => session_id)
}

async function selectEndedAmong(db: Kysely<DatabaseSchema<string>>, sessionIds: string[]) {
  const rows = await db
    .selectFrom('ended_session')
    .select('session_id')
    .where('session_id', '=', sql<string>`any(${sessionIds}::uuid[])`)
    .execute()
  return rows.map(({ session_id }) => session_id)
}

async function isEndedSession(db: Kysely<DatabaseSchema<string>>, sessionId: string) {
  const row = await db
    .selectFrom('ended_session')
    .select('session_id')
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return row !== undefined
}

/** No token lives longer than an hour; a day leaves room for every setting. */
async function deleteForgottenSessions(db: Kysely<DatabaseSchema<string>>): Promise<void> {
  await db
    .deleteFrom('ended_session')
    .where('ended_at', '<', sql<string>`now() - interval '1 day'`)
    .execute()
}
