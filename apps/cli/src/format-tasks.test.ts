import type { Task } from '@tend/contracts'
import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import { formatTaskDetails, formatTaskLine, formatTaskTable } from './format-tasks.ts'

const today = '2026-11-21'

function makeTask(fields: Partial<Task> = {}): Task {
  return {
    id: '019aa5b0-0000-7000-8000-000000abcdef',
    title: 'Water the plants',
    description: null,
    isCompleted: false,
    dueDate: null,
    priority: 'none',
    labels: [],
    createdAt: '2026-11-21T09:30:00.000Z',
    updatedAt: '2026-11-21T09:30:00.000Z',
    ...fields,
  }
}

describe('a table of tasks', () => {
  it('is aligned by what characters take on the screen', () => {
    const table = formatTaskTable(
      [
        makeTask({ title: '買い物 🛒', labels: ['家'], dueDate: '2026-11-22' }),
        makeTask({
          id: '019aa5b0-0000-7000-8000-000000123456',
          priority: 'high',
          isCompleted: true,
        }),
      ],
      today,
    )
    expect(table).toEqual([
      'ID            TITLE             DUE       PRIORITY  LABELS',
      'abcdef        買い物 🛒         tomorrow            #家',
      '123456  done  Water the plants            high',
    ])
  })

  it('cuts titles to the width of the screen, between whole characters', () => {
    const title = '👩‍👩‍👧 family '.repeat(20).trim()
    const [, line = ''] = formatTaskTable([makeTask({ title, dueDate: today })], today, 60)
    expect(line).toContain('…')
    expect(line).toContain('today')
    expect(stringWidth(line)).toBeLessThanOrEqual(60)
    const [, whole = ''] = formatTaskTable([makeTask({ title })], today)
    expect(whole).toContain(title)
  })

  it('shows as much of the ids as tells them apart', () => {
    const table = formatTaskTable(
      [
        makeTask({ id: '019aa5b0-0000-7000-8000-000001abcdef' }),
        makeTask({ id: '019aa5b0-0000-7000-8000-000002abcdef' }),
      ],
      today,
    )
    expect(table[1]).toMatch(/^1abcdef|^01abcdef/)
    expect(new Set(table.map((line) => line.split(' ')[0])).size).toBe(3)
  })

  it('lets nothing through that a terminal obeys', () => {
    const evil = 'a\u001b]0;title\u0007b\rc\u009bd\u202ee\nf'
    const task = makeTask({ title: evil, labels: [evil], description: evil })
    const lines = [
      ...formatTaskTable([task], today),
      formatTaskLine(task, today),
      ...formatTaskDetails(task, today),
    ].join('|')
    for (const unsafe of ['\u001b', '\u0007', '\r', '\u009b', '\u202e'])
      expect(lines).not.toContain(unsafe)
    expect(formatTaskLine(task, today)).not.toContain('\n')
  })
})

it('a line says what matters of a task', () => {
  const task = makeTask({ dueDate: '2026-11-20', priority: 'low', labels: ['a', 'b'] })
  expect(formatTaskLine(task, today)).toBe('abcdef  Water the plants  due yesterday, low, #a #b')
})
