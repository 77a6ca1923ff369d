import { expect, it } from 'vitest'
import { taskETag } from './task-etag.ts'

it('gives every version of a task an entity tag of its own', () => {
  const first = taskETag({ updatedAt: '2026-11-21T09:30:00.000Z' })
  const second = taskETag({ updatedAt: '2026-11-21T09:30:00.001Z' })
  expect(first).toMatch(/^"[\x21\x23-\x7e]+"$/)
  expect(first).not.toBe(second)
})
