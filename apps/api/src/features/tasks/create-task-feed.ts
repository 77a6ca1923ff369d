import { listen } from '@tend/database/listen'
import type { Logger } from '@tend/runtime/logger'
import { announceChanges, changesChannel } from './announce-changes.ts'
import type { TaskDatabase } from './task-database.ts'

/** Wakes those who follow the tasks of a person, in whatever process they change. */
export type TaskFeed = {
  /** Wakes those who follow a person, here at once and in other processes soon. Call it after a change is committed. */
  announce(userId: string): void
  /** Takes a place among the followers of a person; null when that person has too many. */
  follow(userId: string): TaskFollower | null
  /** Ends all followers: the process is about to stop. */
  close(): void
  stop(): Promise<void>
}

/** One who follows the tasks of a person. */
export type TaskFollower = {
  /** Resolves at the next change; ask ahead of reading, so that none falls in between. */
  nextChange(): Promise<void>
  /** Aborted once there is nothing to follow any more. */
  ended: AbortSignal
  /** Gives up the place. May be called more than once. */
  end(): void
}

/** Streams of one person in one process: more than anybody has tabs, and no way to use up its memory. */
const MOST_FOLLOWERS = 20

type Follower = { ring: () => void; end: () => void }

/** What a feed needs: `databaseUrl` is the same database as `db`, since listening takes a connection of its own. */
type TaskFeedOptions = { db: TaskDatabase; databaseUrl: string; log: Logger }

/** Makes the feed of a process. Everybody is woken when the connection on which it listens was lost for a while. */
export function createTaskFeed({ db, databaseUrl, log }: TaskFeedOptions): TaskFeed {
  const announcer = announceChanges(db, log)
  const followers = new Map<string, Set<Follower>>()
  let isClosed = false
  const wake = (userId: string) => {
    for (const { ring } of followers.get(userId) ?? []) ring()
  }
  const listener = listen(databaseUrl, {
    channels: [changesChannel],
    onNotification(_channel, payload) {
      for (const userId of announcer.read(payload)) wake(userId)
    },
    onConnected: async () => {
      for (const userId of followers.keys()) wake(userId)
    },
    onLost: (error) => log.warn({ err: error }, 'the feed of task changes is interrupted'),
  })

  return {
    announce(userId) {
      wake(userId)
      announcer.announce(userId)
    },
    follow(userId) {
      const others = followers.get(userId) ?? new Set()
      if (isClosed || others.size >= MOST_FOLLOWERS) return null
      const ending = new AbortController()
      let change = Promise.withResolvers<void>()
      const follower: Follower = {
        ring() {
          change.resolve()
          change = Promise.withResolvers()
        },
        end() {
          others.delete(follower)
          // Only its own set: when it ends once more, others may have come and made another.
          if (others.size === 0 && followers.get(userId) === others) followers.delete(userId)
          ending.abort()
        },
      }
      others.add(follower)
      followers.set(userId, others)
      return { nextChange: () => change.promise, ended: ending.signal, end: follower.end }
    },
    close() {
      isClosed = true
      for (const { end } of [...followers.values()].flatMap((one) => [...one])) end()
    },
    async stop() {
      await announcer.stop()
      await listener.stop()
    },
  }
}
