import { hash } from 'node:crypto'
import { type CreateTask, type Task, taskSchema } from '@tend/contracts'
import { ProblemError } from '../../errors/problem-error.ts'
import { findAnswer, rememberAnswer, tryLockKey } from './idempotency-queries.ts'
import type { TaskDatabase } from './task-database.ts'
import { insertTask } from './task-queries.ts'

type NewTask = { id: string; createdAt: Date; body: CreateTask }

/**
 * Creates a task for a key, or gives the task as it was when it was created for that key; null while another request
 * with the key is under way. Task and answer are written in one transaction: after a crash there are both or neither.
 * Throws the 422 problem for another body.
 *
 * Source: draft-ietf-httpapi-idempotency-key-header-07.
 */
export function createTaskOnce(
  db: TaskDatabase,
  userId: string,
  key: string,
  { id, createdAt, body }: NewTask,
): Promise<Task | null> {
  const bodyHash = hashBody(body)
  return db.transaction().execute(async (trx) => {
    // Not by waiting for a row: fifty who wait would take every connection of the pool.
    if (!(await tryLockKey(trx, userId, key))) return null
    const known = await findAnswer(trx, userId, { key, now: createdAt })
    if (known !== undefined) {
      if (known.request_hash !== bodyHash) throw keyReused()
      return taskSchema.parse(known.answer)
    }
    const task = await insertTask(trx, userId, { ...body, id, createdAt })
    await rememberAnswer(trx, userId, { key, hash: bodyHash, answer: task, now: createdAt })
    return task
  })
}

/** Of what the request means: white space and the order of keys do not count. */
function hashBody(body: CreateTask): string {
  const entries = Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))
  return hash('sha256', JSON.stringify(entries), 'base64url')
}

function keyReused(): ProblemError {
  const message = 'Was used for another task in the last 24 hours'
  return new ProblemError('VALIDATION_FAILED', {
    errors: [{ path: ['headers', 'idempotency-key'], code: 'key_reused', message }],
  })
}
