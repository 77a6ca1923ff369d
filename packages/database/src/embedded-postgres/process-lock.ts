import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

/** A lock that this process holds until it lets go or ends, however it ends. */
export type ProcessLock = { release: () => void }

// A lock that nothing refers to would be collected, and with it let go.
const held = new Set<DatabaseSync>()

/**
 * Takes a lock on a file, or returns undefined when another holder has it. It is SQLite's lock on an empty database:
 * the operating system drops it with the process, so none is ever stale and no process id can mislead.
 */
export function tryLock(file: string): ProcessLock | undefined {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    // No journal file beside the lock.
    database.exec('pragma journal_mode = memory')
    database.exec('begin exclusive')
  } catch (error) {
    database.close()
    if (isBusy(error)) return undefined
    throw error
  }
  held.add(database)
  return {
    release: () => {
      if (held.delete(database)) database.close()
    },
  }
}

/** Waits for a lock on a file; undefined when its holder kept it for `patience` milliseconds. */
export async function waitForLock(
  file: string,
  patience: number,
): Promise<ProcessLock | undefined> {
  const giveUpAt = Date.now() + patience
  for (;;) {
    const lock = tryLock(file)
    if (lock || Date.now() > giveUpAt) return lock
    await sleep(50)
  }
}

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === sqliteBusy
  )
}
