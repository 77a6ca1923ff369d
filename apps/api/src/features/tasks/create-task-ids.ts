import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'

/** Makes ids for new tasks, each with the moment in it, in milliseconds since 1970. */
export type TaskIds = () => { id: string; createdAt: number }

const maxSequence = 2 ** 32 - 1

/**
 * Makes UUIDv7 ids from one reading of the clock each. They grow within this process, also inside one millisecond and
 * when the clock goes back: a list by id is a list by age (RFC 9562, section 6.2, method 1).
 */
export function createTaskIds(clock: () => number): TaskIds {
  let msecs = 0
  let seq = 0
  return () => {
    const now = clock()
    const isLater = now > msecs || seq === maxSequence
    msecs = isLater ? Math.max(now, msecs + 1) : msecs
    // A random start leaves room to count up, and keeps the number of tasks from being guessed.
    seq = isLater ? randomInt(2 ** 31) : seq + 1
    return { id: v7({ msecs, seq }), createdAt: msecs }
  }
}
