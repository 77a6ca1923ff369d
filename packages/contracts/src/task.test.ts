import { describe, expect, it } from 'vitest'
import { createTaskSchema, listTasksQuerySchema, updateTaskSchema } from './task.ts'

describe('a title', () => {
  it('is trimmed', () => {
    expect(createTaskSchema.parse({ title: '\u00a0 Pay rent \n' }).title).toBe('Pay rent')
  })

  it('counts characters, not UTF-16 units', () => {
    expect(createTaskSchema.safeParse({ title: '🌱'.repeat(200) }).success).toBe(true)
    expect(createTaskSchema.safeParse({ title: '🌱'.repeat(201) }).success).toBe(false)
  })

  it.each([
    ['empty', ''],
    ['only white space', ' \t\n\u2003'],
    ['longer than 200 characters', 'x'.repeat(201)],
    ['longer than a million characters', 'x'.repeat(1_000_001)],
    ['with a NUL', 'a\0b'],
    ['a number', 7],
    ['null', null],
  ])('is refused when it is %s', (_name, title) => {
    expect(createTaskSchema.safeParse({ title }).success).toBe(false)
    expect(updateTaskSchema.safeParse({ title }).success).toBe(false)
  })
})

describe('a change', () => {
  it.each([
    ['nothing', {}],
    ['only undefined', { title: undefined }],
    ['an unknown field', { title: 'x', owner: 'me' }],
    ['a field that is not the person to set', { id: '019aa5b0-0000-7000-8000-000000000001' }],
  ])('is refused when it names %s', (_name, change) => {
    expect(updateTaskSchema.safeParse(change).success).toBe(false)
  })

  it('may take the description away', () => {
    expect(updateTaskSchema.parse({ description: null })).toEqual({ description: null })
  })
})

describe('a due date', () => {
  it.each(['0001-01-01', '2024-02-29', '9999-12-31'])('may be %s', (dueDate) => {
    expect(createTaskSchema.safeParse({ title: 'x', dueDate }).success).toBe(true)
  })

  it.each(['0000-01-01', '2023-02-29', '2026-13-01', '2026-1-1', 'tomorrow', '2026-11-21T00:00Z'])(
    'is refused when it is %s',
    (dueDate) => {
      expect(createTaskSchema.safeParse({ title: 'x', dueDate }).success).toBe(false)
      expect(updateTaskSchema.safeParse({ dueDate }).success).toBe(false)
    },
  )
})

describe('labels', () => {
  it('are trimmed', () => {
    expect(updateTaskSchema.parse({ labels: [' home ', 'Ärger'] })).toEqual({
      labels: ['home', 'Ärger'],
    })
  })

  it.each([
    ['an empty one', [' ']],
    ['one of 31 characters', ['x'.repeat(31)]],
    ['the same twice', ['home', ' home']],
    ['eleven', Array.from({ length: 11 }, (_, index) => `${index}`)],
    ['a number', [1]],
  ])('are refused with %s', (_name, labels) => {
    expect(createTaskSchema.safeParse({ title: 'x', labels }).success).toBe(false)
  })
})

describe('the limit of a list', () => {
  it.each([
    [undefined, 50],
    ['1', 1],
    ['100', 100],
    [25, 25],
  ])('reads %s as %d', (limit, expected) => {
    expect(listTasksQuerySchema.parse({ limit }).limit).toBe(expected)
  })

  it.each(['0', '101', '-1', '1.5', '1e1', '0x10', ' 5', '', 'ten', '９', ['1', '2']])(
    'refuses %s',
    (limit) => {
      expect(listTasksQuerySchema.safeParse({ limit }).success).toBe(false)
    },
  )
})
