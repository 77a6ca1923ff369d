import type { Logger } from '@tend/runtime/logger'
import type { Context } from 'hono'
import type { EndedSessions } from '../../auth/follow-ended-sessions.ts'
import type { ApiEnv } from '../../http/request-scope.ts'
import type { TaskFeed } from './create-task-feed.ts'
import type { TaskDatabase } from './task-database.ts'

/** Whose request it is, and how long that can be known: milliseconds since 1970. */
export type Caller = { userId: string; sessionId: string; expiresAt: number }

/** What the task routes need. `authorize` tells whose request it is, or throws a problem. */
export type TaskRoutesOptions = {
  db: TaskDatabase
  taskFeed: TaskFeed
  endedSessions: Pick<EndedSessions, 'has' | 'onEnded'>
  log: Logger
  authorize: (c: Context<ApiEnv>) => Promise<Caller>
  /** Milliseconds since 1970. */
  clock: () => number
}
