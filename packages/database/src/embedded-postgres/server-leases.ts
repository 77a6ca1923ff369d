import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { type ProcessLock, tryLock } from './process-lock.ts'

/** One use of the server: while any is held, nobody stops it. Call these functions under the server's lock. */
export type ServerLease = { end: () => Promise<void> }

/** Notes that this process uses the server. */
export async function takeLease(directory: string): Promise<ServerLease> {
  await mkdir(directory, { recursive: true })
  const file = path.join(directory, `${process.pid}-${randomUUID()}`)
  const lock = tryLock(file)
  if (!lock) throw new Error(`The new file ${file} is locked already.`)
  return { end: () => removeLease(file, lock) }
}

/** Counts the holders that are alive and clears away the leases of those that ended without a word. */
export async function countLeases(directory: string): Promise<number> {
  const names = await readdir(directory).catch(() => [])
  let living = 0
  for (const name of names) {
    const file = path.join(directory, name)
    const lock = tryLock(file)
    if (lock) await removeLease(file, lock)
    else living += 1
  }
  return living
}

async function removeLease(file: string, lock: ProcessLock): Promise<void> {
  // First the lock: Windows removes no open file.
  lock.release()
  await rm(file, { force: true })
}
