import { hash, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createTaskCursor, readTaskCursor, type TaskFilter } from './task-cursor.ts'

const [userId, id] = [randomUUID(), randomUUID()]
const newest: TaskFilter = { sort: 'newest' }
const place = { id, key: '' }

describe('a cursor', () => {
  it.each([
    ['newest', ''],
    ['due', '2026-11-21'],
    ['due', 'infinity'],
    ['priority', 'high'],
    ['title', 'Überfällig 🌱'.repeat(10)],
    ['updated', '2026-11-21T09:30:00.000Z'],
  ] as const)('leads back to the place in the order %s that it was made for', (sort, key) => {
    const cursor = createTaskCursor(userId, { sort, status: 'open', q: 'a' }, { id, key })
    expect(readTaskCursor(userId, { q: 'a', status: 'open', sort }, cursor)).toEqual({ id, key })
  })

  it.each([
    ['another value', { sort: 'newest', status: 'completed' }],
    ['a further condition', { sort: 'newest', status: 'open', q: 'a' }],
    ['a condition less', { sort: 'newest' }],
    ['another order', { sort: 'oldest', status: 'open' }],
  ] as const)('is refused by a query with %s', (_name, filter) => {
    const cursor = createTaskCursor(userId, { sort: 'newest', status: 'open' }, place)
    expect(readTaskCursor(userId, filter, cursor)).toBeNull()
  })

  it('is refused to another person', () => {
    const cursor = createTaskCursor(userId, newest, place)
    expect(readTaskCursor(randomUUID(), newest, cursor)).toBeNull()
  })

  it('is refused with any character changed', () => {
    const cursor = createTaskCursor(userId, newest, place)
    for (const [at, character] of [...cursor].entries()) {
      const changed = character === 'A' ? 'B' : 'A'
      const altered = cursor.slice(0, at) + changed + cursor.slice(at + 1)
      expect(readTaskCursor(userId, newest, altered)).toBeNull()
    }
  })

  // The mark is no signature: anybody can make a cursor that bears the right one.
  it.each([
    ['newest', 'more'],
    ['due', 'tomorrow'],
    ['due', '0000-01-01'],
    ['due', '2026-02-30'],
    ['due', '-infinity'],
    ['priority', 'urgent'],
    ['title', ''],
    ['title', 'a\0b'],
    ['title', 'x'.repeat(401)],
    ['updated', 'now'],
    ['updated', '0000-01-01T00:00:00.000Z'],
  ] as const)('for the order %s that is forged with the key %j is refused', (sort, key) => {
    const cursor = createTaskCursor(userId, { sort }, { id, key })
    expect(readTaskCursor(userId, { sort }, cursor)).toBeNull()
  })

  it('whose key is not UTF-8 is refused', () => {
    const mark = JSON.stringify([userId, [['sort', 'title']], id, '\ufffd'])
    const bytes = Buffer.concat([
      Buffer.from(id.replaceAll('-', ''), 'hex'),
      hash('sha256', mark, 'buffer').subarray(0, 6),
      Buffer.from([0xff]),
    ])
    expect(readTaskCursor(userId, { sort: 'title' }, bytes.toString('base64url'))).toBeNull()
  })
})
