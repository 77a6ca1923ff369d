import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'

// Source: OWASP Password Storage Cheat Sheet, argon2id with 19 MiB, 2 passes, 1 lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Hashing fills a core and a thread of libuv's pool of four, which files and names need as well.
const maxRunning = Math.min(3, Math.max(1, availableParallelism() - 1))

// At 10 ms each, a hundred wait for a second where one runs at a time. Whoever waits longer has given up by then.
const mostWaiting = 250 * maxRunning

/** So many passwords wait to be hashed that another would wait for seconds: try again later. */
export class PasswordQueueFullError extends Error {
  override readonly name = 'PasswordQueueFullError'
}

let running = 0
const waiting: (() => void)[] = []

/**
 * Hashes a password with argon2id, about 10 ms; at a storm of logins the callers wait in turn. Throws a
 * {@link PasswordQueueFullError} when too many do.
 */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalize(password), cost))
}

/** Whether a password is the one behind a hash. False, too, when the hash is none. Throws as `hashPassword` does. */
export function verifyPassword(attempt: { hash: string; password: string }): Promise<boolean> {
  return inTurn(async () => {
    try {
      return await verify(attempt.hash, normalize(attempt.password))
    } catch {
      return false
    }
  })
}

// The same characters come in different bytes from different keyboards. Source: NIST SP 800-63B, 3.1.1.2.
function normalize(password: string): string {
  return password.normalize('NFKC')
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= mostWaiting) {
    throw new PasswordQueueFullError('Too many passwords wait to be hashed; try again later.')
  }
  if (running >= maxRunning) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // The place is handed on, not freed: nobody can slip in between.
    if (next) next()
    else running -= 1
  }
}
