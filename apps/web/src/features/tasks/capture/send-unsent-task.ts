import type { CreateTask, Task } from '@tend/contracts'
import {
  NetworkError,
  ProblemError,
  SessionEndedError,
  UnexpectedAnswerError,
} from '@tend/contracts/client'
import { describeFailure } from '../../../api/describe-failure.ts'
import type { UnsentTask } from '../drafts/task-drafts.ts'

/** The server remembers a key for 24 hours; an hour is left for clocks and slow answers. In milliseconds. */
const KEY_LIFETIME = 23 * 60 * 60 * 1000

/** What sending needs of the world. */
export type Sending = {
  create: (task: CreateTask, idempotencyKey: string) => Promise<Task>
  /** Whether there is a task with exactly this title. */
  hasTitle: (title: string) => Promise<boolean>
  /** Reads typed words for dates, priorities and labels. */
  read: (words: NonNullable<UnsentTask['unread']>) => Promise<CreateTask | null>
  /** Keeps what is known so far, so that another page can go on from there. */
  keep: (unsent: UnsentTask) => void
  createKey: () => string
  now: () => number
}

/** What became of sending. `retryAfter` is how many seconds the server wants to be left alone. */
export type SendingOutcome =
  | { kind: 'saved'; task: Task }
  | { kind: 'failed'; error: Error; mayPass: boolean; retryAfter: number | null }
  | { kind: 'perhaps there' }

/**
 * Sends a new task, however often: all tries within a day bear the same Idempotency-Key, so the server makes one task of them, also
 * when its answer was lost. A later try looks first whether the task is there, and leaves the decision to the person when it may be.
 */
export async function sendUnsentTask(unsent: UnsentTask, world: Sending): Promise<SendingOutcome> {
  let current = unsent
  const keep = (changes: Partial<UnsentTask>) => {
    current = { ...current, ...changes }
    world.keep(current)
  }
  try {
    if (current.unread !== null) {
      keep({ body: (await world.read(current.unread)) ?? current.body, unread: null })
    }
    const isTooOld = current.sent !== null && world.now() - current.sent.at > KEY_LIFETIME
    if (isTooOld && (await world.hasTitle(current.body.title))) return { kind: 'perhaps there' }
    const sent =
      current.sent === null || isTooOld ? { key: world.createKey(), at: world.now() } : current.sent
    // Before the request leaves: whoever finds this entry has to send the same key.
    keep({ sent })
    return { kind: 'saved', task: await world.create(current.body, sent.key) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const retryAfter = error instanceof ProblemError ? error.retryAfter : null
    return { kind: 'failed', error, mayPass: mayPass(error), retryAfter }
  }
}

/** Says what is wrong for the person to read, in the list of what is not saved. */
export function describeSendingFailure(
  outcome: Exclude<SendingOutcome, { kind: 'saved' }>,
): NonNullable<UnsentTask['failure']> {
  if (outcome.kind === 'perhaps there') {
    const reason = 'There is a task with the same words, so this one may have been saved.'
    return { reason, mayPass: false, isThere: true }
  }
  return { reason: describeFailure(outcome.error), mayPass: outcome.mayPass, isThere: false }
}

/** Whether the same may work later: nobody was reached or had the time, or the person has to sign in. What is refused stays refused. */
function mayPass(error: Error): boolean {
  if (error instanceof NetworkError || error instanceof UnexpectedAnswerError) return true
  if (error instanceof SessionEndedError) return true
  if (!(error instanceof ProblemError)) return false
  const { code, status } = error.problem
  const passing = ['RATE_LIMITED', 'REQUEST_TIMEOUT', 'REPLAY_IN_FLIGHT', 'INVALID_TOKEN']
  return status >= 500 || passing.includes(code)
}
