import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createTaskCursor, readTaskCursor } from './task-cursor.ts'

const [userId, id] = [randomUUID(), randomUUID()]

describe('a cursor', () => {
  it('leads back to the task it was made for', () => {
    const cursor = createTaskCursor(userId, { status: 'open', q: 'a' }, id)
    expect(readTaskCursor(userId, { q: 'a', status: 'open' }, cursor)).toBe(id)
  })

  it.each([
    ['another value', { status: 'completed' }],
    ['a further condition', { status: 'open', q: 'a' }],
    ['a condition less', {}],
  ])('is refused by a query with %s', (_name, filter) => {
    const cursor = createTaskCursor(userId, { status: 'open' }, id)
    expect(readTaskCursor(userId, filter, cursor)).toBeNull()
  })

  it('is refused when another person uses it', () => {
    expect(readTaskCursor(randomUUID(), {}, createTaskCursor(userId, {}, id))).toBeNull()
  })

  it('is refused when any of its characters has changed', () => {
    const cursor = createTaskCursor(userId, {}, id)
    for (let at = 0; at < cursor.length; at += 1) {
      const changed = cursor.charAt(at) === 'A' ? 'B' : 'A'
      const altered = cursor.slice(0, at) + changed + cursor.slice(at + 1)
      expect(readTaskCursor(userId, {}, altered)).toBeNull()
    }
  })
})
