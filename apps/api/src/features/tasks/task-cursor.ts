import { hash } from 'node:crypto'
import { z } from 'zod'
import { isPlace, type TaskPlace, type TaskSort } from './task-sort.ts'

const cursorShape = /^[A-Za-z0-9_-]{30,2048}$/
const idBytes = 16
const markBytes = 6

/** A query of a list as far as a cursor belongs to it. */
export type TaskFilter = { sort: TaskSort } & Record<string, unknown>

/**
 * Makes the cursor of the page behind a place. It holds the place and a mark of the query and the person it belongs
 * to. It needs no signature: whatever it says, a query shows a person their own tasks alone.
 */
export function createTaskCursor(userId: string, filter: TaskFilter, place: TaskPlace): string {
  const id = Buffer.from(place.id.replaceAll('-', ''), 'hex')
  const mark = markQuery(userId, filter, place)
  return Buffer.concat([id, mark, Buffer.from(place.key)]).toString('base64url')
}

/**
 * Reads the place out of a cursor; null when it is not one, or one of another query. The limit is not part of the query:
 * pages of one list may differ in size.
 */
export function readTaskCursor(
  userId: string,
  filter: TaskFilter,
  cursor: string,
): TaskPlace | null {
  if (!cursorShape.test(cursor)) return null
  const bytes = Buffer.from(cursor, 'base64url')
  const hex = bytes.toString('hex', 0, idBytes)
  const id = z.guid().parse(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
  const place = { id, key: bytes.toString('utf8', idBytes + markBytes) }
  const isOurs = createTaskCursor(userId, filter, place) === cursor
  return isOurs && isPlace(filter.sort, place) ? place : null
}

function markQuery(userId: string, filter: TaskFilter, { id, key }: TaskPlace): Buffer {
  const entries = Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1))
  const query = JSON.stringify([userId, entries, id, key])
  return hash('sha256', query, 'buffer').subarray(0, markBytes)
}
