import { hash } from 'node:crypto'
import { z } from 'zod'

const cursorShape = /^[A-Za-z0-9_-]{30}$/
const hashBytes = 6

/**
 * Makes the cursor of the page after the task `id`. It holds the id and a mark of the query and the person it belongs
 * to. It needs no signature: whatever it says, a query shows a person their own tasks alone.
 */
export function createTaskCursor(userId: string, filter: object, id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  return Buffer.concat([bytes, markQuery(userId, filter, bytes)]).toString('base64url')
}

/**
 * Reads the id out of a cursor; null when it is not one, or one of another query. The limit is not part of the query:
 * pages of one list may differ in size.
 */
export function readTaskCursor(userId: string, filter: object, cursor: string): string | null {
  if (!cursorShape.test(cursor)) return null
  const bytes = Buffer.from(cursor, 'base64url')
  const id = z
    .guid()
    .parse(
      bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5'),
    )
  return createTaskCursor(userId, filter, id) === cursor ? id : null
}

function markQuery(userId: string, filter: object, id: Buffer): Buffer {
  const entries = Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1))
  const query = JSON.stringify([userId, entries, id.toString('hex')])
  return hash('sha256', query, 'buffer').subarray(0, hashBytes)
}
