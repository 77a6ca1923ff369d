import { listen } from '@tend/database/listen'
import type { Logger } from '@tend/runtime/logger'

/** Wakes those who follow the tasks of a person, in whatever process they change. */
export type TaskFeed = {
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

/** Makes the feed of a process. It listens on a connection of its own, and everybody is woken when that was lost for a while. */
export function createTaskFeed(databaseUrl: string, log: Logger): TaskFeed {
  const followers = new Map<string, Set<Follower>>()
  let isClosed = false
  const wake = (userId: string) => {
    for (const { ring } of followers.get(userId) ?? []) ring()
  }
  const listener = listen(databaseUrl, {
    channels: ['tend_task_changed'],
    onNotification: (_channel, userId) => wake(userId),
    onConnected: async () => {
      for (const userId of followers.keys()) wake(userId)
    },
    onLost: (error) => log.warn({ err: error }, 'the feed of task changes is interrupted'),
  })

  return {
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
          if (others.size === 0) followers.delete(userId)
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
    stop: () => listener.stop(),
  }
}
