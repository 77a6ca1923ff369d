import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { list } from './list.ts'
import { bulkTasksSchema, createTaskSchema, importTasksSchema } from './task.ts'
import { text } from './text.ts'

const words = list(text({ min: 1, max: 5, trim: true }), { max: 3 })

describe('a list', () => {
  it('is parsed item by item', () => {
    expect(words.parse([' a', 'b '])).toEqual(['a', 'b'])
    expect(words.safeParse(['a', '', 'toolong']).error?.issues).toMatchObject([
      { code: 'too_small', path: [1] },
      { code: 'too_big', path: [2] },
    ])
  })

  it('has no more items than it may', () => {
    expect(words.safeParse(['a', 'b', 'c', 'd']).error?.issues).toMatchObject([
      { code: 'too_big', maximum: 3, path: [] },
    ])
  })

  it.each([null, 'abc', { length: 1 }, undefined])('is none when it is %j', (value) => {
    expect(words.safeParse(value).error?.issues).toMatchObject([{ code: 'invalid_type' }])
  })

  it('is an array to whoever writes a document about it', () => {
    expect(z.toJSONSchema(words)).toMatchObject({ type: 'array', maxItems: 3, items: {} })
  })
})

// A million items are the 3 MB that a single import can well hold.
describe.each([
  ['labels of a task', createTaskSchema, (labels: unknown[]) => ({ title: 'x', labels })],
  ['ids of a change', bulkTasksSchema, (ids: unknown[]) => ({ action: 'delete', ids })],
  [
    'tasks of an import',
    importTasksSchema,
    (tasks: unknown[]) => ({ version: 1, exportedAt: '2026-11-21T09:30:00.000Z', tasks }),
  ],
])('the %s', (_name, schema, build) => {
  it.each([
    ['that are empty', ''],
    ['that are objects', {}],
    ['that are lists', []],
    ['that are the same', 'same'],
  ])('are refused in no time when there are a million %s', (_what, item) => {
    const value = build(Array(1_000_000).fill(item))
    const startedAt = performance.now()
    const { error } = schema.safeParse(value)
    expect(performance.now() - startedAt).toBeLessThan(500)
    expect(error?.issues.length).toBeGreaterThan(0)
    expect(error?.issues.length).toBeLessThan(100)
  })
})
