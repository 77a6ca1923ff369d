import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { tryLock, waitForLock } from './process-lock.ts'

let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tend-lock-'))
  file = path.join(directory, 'lock')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** Another process that takes the lock and keeps it until it is killed. */
async function lockElsewhere() {
  const program = `
    import { tryLock } from '${import.meta.dirname}/process-lock.ts'
    console.log(tryLock(process.argv[1]) ? 'taken' : 'refused')
    setInterval(() => {}, 1_000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, file])
  const [answer] = await once(child.stdout, 'data')
  return { answer: String(answer).trim(), child }
}

it('is held by one at a time in a process, and leaves nothing beside its file', async () => {
  const lock = tryLock(file)
  expect(lock).toBeDefined()
  expect(tryLock(file)).toBeUndefined()
  expect(await readdir(directory)).toEqual(['lock'])
  lock?.release()
  const next = tryLock(file)
  expect(next).toBeDefined()
  lock?.release()
  expect(tryLock(file)).toBeUndefined()
  next?.release()
})

it('is refused to another process and given up when its holder is killed', async () => {
  const other = await lockElsewhere()
  expect(other.answer).toBe('taken')
  expect(tryLock(file)).toBeUndefined()
  expect(await waitForLock(file, 100)).toBeUndefined()
  const waiting = waitForLock(file, 10_000)
  other.child.kill('SIGKILL')
  const lock = await waiting
  expect(lock).toBeDefined()
  const third = await lockElsewhere()
  expect(third.answer).toBe('refused')
  third.child.kill('SIGKILL')
  lock?.release()
})
