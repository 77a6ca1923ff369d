import { NetworkError } from '@tend/contracts/client'
import type { DraftBox } from '../drafts/draft-box.ts'
import type { UnsentTask } from '../drafts/task-drafts.ts'
import {
  describeSendingFailure,
  type Sending,
  type SendingOutcome,
  sendUnsentTask,
} from './send-unsent-task.ts'

/** Milliseconds before sending again by itself, ever later; the last is kept to. */
const PAUSES = [3_000, 8_000, 20_000, 60_000]

/** Runs `send` unless another page of the person is at it. */
export type WithLock = (name: string, send: () => Promise<void>) => Promise<void>

type OutboxOptions = {
  drafts: DraftBox<UnsentTask>
  sending: Omit<Sending, 'keep' | 'createKey' | 'create'>
  createKey: () => string
  /** Sends a task for the first time, shown in its list meanwhile. */
  createNew: Sending['create']
  /** Sends a task that may be there already. */
  createAgain: Sending['create']
  withLock: WithLock
}

/** Sends new tasks, and those that could not be saved again until they are or are given up. */
export type Outbox = ReturnType<typeof createOutbox>

/** Makes the outbox of one page. What is in it lives in `drafts`, so another page can take over. */
export function createOutbox(options: OutboxOptions) {
  const { drafts, createKey, withLock } = options
  const listeners = new Set<() => void>()
  let underWay: ReadonlySet<string> = new Set()
  let timer: ReturnType<typeof setTimeout> | undefined
  let failedRounds = 0

  function setUnderWay(name: string, isUnderWay: boolean): void {
    const next = new Set(underWay)
    if (isUnderWay) next.add(name)
    else next.delete(name)
    underWay = next
    for (const listener of listeners) listener()
  }

  async function send(name: string, create: Sending['create']): Promise<SendingOutcome | null> {
    if (underWay.has(name)) return null
    let outcome: SendingOutcome | null = null
    setUnderWay(name, true)
    await withLock(name, async () => {
      // Another page may have sent it, and dropped it, a moment ago.
      drafts.refresh()
      const unsent = drafts.all().get(name)
      if (unsent === undefined) return
      const keep = (next: UnsentTask) => drafts.all().has(name) && drafts.keep(name, next)
      // The first key is the draft's own name, which is the task's key in its list.
      const key = () => (unsent.sent === null ? name : createKey())
      outcome = await sendUnsentTask(unsent, { ...options.sending, create, keep, createKey: key })
      const current = drafts.all().get(name)
      if (outcome.kind === 'saved') drafts.drop(name)
      else if (current) keep({ ...current, failure: describeSendingFailure(outcome) })
    })
    setUnderWay(name, false)
    return outcome
  }

  /** Sends everything that waits, oldest first, and stops when the server is away. */
  async function sendAll(): Promise<void> {
    clearTimeout(timer)
    let wait: number | null = null
    for (const [name, unsent] of listWaiting()) {
      if (unsent.failure !== null && !unsent.failure.mayPass) continue
      const outcome = await send(name, options.createAgain)
      if (outcome?.kind !== 'failed' || !outcome.mayPass) continue
      wait = (outcome.retryAfter ?? 0) * 1000
      if (outcome.error instanceof NetworkError) break
    }
    failedRounds = wait === null ? 0 : failedRounds + 1
    sendAllLater(wait ?? 0)
  }

  function sendAllLater(atLeast: number): void {
    clearTimeout(timer)
    const mayPass = listWaiting().some(([, { failure }]) => failure === null || failure.mayPass)
    if (!mayPass || listeners.size === 0) return
    const pause = PAUSES[Math.min(failedRounds, PAUSES.length) - 1] ?? PAUSES.at(-1) ?? 0
    timer = setTimeout(() => void sendAll(), Math.max(pause, atLeast))
  }

  function listWaiting(): [string, UnsentTask][] {
    return [...drafts.all()].sort(([, one], [, other]) => one.writtenAt - other.writtenAt)
  }

  return {
    /** Takes a new task; from now on it cannot be lost. */
    add({ body, unread }: Pick<UnsentTask, 'body' | 'unread'>): void {
      const name = createKey()
      drafts.keep(name, { body, unread, writtenAt: Date.now(), sent: null, failure: null })
      void send(name, options.createNew).then((outcome) => {
        if (outcome?.kind !== 'failed') return
        failedRounds = Math.max(failedRounds, 1)
        sendAllLater((outcome.retryAfter ?? 0) * 1000)
      })
    },

    /** Sends one task again at once. `isAnother` makes a new task of it, whether or not it has arrived before. */
    async retry(name: string, isAnother = false): Promise<void> {
      const unsent = drafts.all().get(name)
      if (unsent === undefined) return
      if (isAnother) drafts.keep(name, { ...unsent, sent: { key: createKey(), at: Date.now() } })
      await send(name, options.createAgain)
    },

    /** Gives a task up. One that has reached the server meanwhile stays there. */
    discard: (name: string): void => drafts.drop(name),

    sendAll,

    /** The names of those that are being sent by this page. */
    listUnderWay: () => underWay,

    /** Calls `listener` when {@link Outbox.listUnderWay} changes; while anyone listens, the outbox sends again by itself. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) clearTimeout(timer)
      }
    },
  }
}
