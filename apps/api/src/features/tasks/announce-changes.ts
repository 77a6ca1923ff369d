import { randomUUID } from 'node:crypto'
import type { Logger } from '@tend/runtime/logger'
import { type Kysely, sql } from 'kysely'

/** The channel on which the processes of the API tell each other whose tasks have changed. */
export const changesChannel = 'tend_task_changed'

/** How long changes are gathered before they are announced, and the pause after a failure. In milliseconds. */
const GATHER_TIME = 20
const PAUSE = 1_000

/** PostgreSQL takes up to 8,000 bytes in one notification: this many ids and the name of the process. */
const MOST_IDS = 200

/** Tells the other processes whose tasks this one has changed. */
export type Announcer = {
  /** Announces a change that is committed, soon and together with others. */
  announce(userId: string): void
  /** The ids in an announcement; none when it is this process's own. */
  read(payload: string): string[]
  /** Announces what is still to be announced. */
  stop(): Promise<void>
}

/**
 * Makes the announcer of a process. It sends one statement for all changes of a moment. Not part of the transactions that write:
 * PostgreSQL lets only one transaction with a NOTIFY commit at a time.
 */
export function announceChanges<Schema>(db: Kysely<Schema>, log: Logger): Announcer {
  const self = randomUUID()
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  async function send(): Promise<void> {
    timer = undefined
    const userIds = [...changed]
    changed.clear()
    try {
      await notify(db, self, userIds)
    } catch (error) {
      log.warn({ err: error }, 'changes could not be announced')
      for (const userId of userIds) changed.add(userId)
      timer ??= setTimeout(send, PAUSE).unref()
    }
  }

  return {
    announce(userId) {
      changed.add(userId)
      timer ??= setTimeout(send, GATHER_TIME).unref()
    },
    read(payload) {
      const [sender, ...userIds] = payload.split(',')
      return sender === self ? [] : userIds
    },
    async stop() {
      clearTimeout(timer)
      if (changed.size > 0) await send()
      clearTimeout(timer)
    },
  }
}

async function notify<Schema>(
  db: Kysely<Schema>,
  self: string,
  userIds: readonly string[],
): Promise<void> {
  const payloads: string[] = []
  for (let start = 0; start < userIds.length; start += MOST_IDS) {
    payloads.push([self, ...userIds.slice(start, start + MOST_IDS)].join(','))
  }
  // Nothing is lost with it in a crash: those who follow are gone as well.
  await sql`
    select set_config('synchronous_commit', 'off', true), pg_notify(${changesChannel}, payload)
    from unnest(${payloads}::text[]) payload`.execute(db)
}
