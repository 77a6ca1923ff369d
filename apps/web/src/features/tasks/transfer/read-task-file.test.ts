import { describe, expect, it } from 'vitest'
import { readTaskFile } from './read-task-file.ts'

const task = {
  id: '019aa5b0-0000-7000-8000-000000000001',
  title: 'Water the plants',
  description: null,
  isCompleted: false,
  dueDate: null,
  priority: 'none',
  labels: [],
  createdAt: '2026-11-21T09:30:00.000Z',
  updatedAt: '2026-11-21T09:30:00.000Z',
}
const taskExport = { version: 1, exportedAt: '2026-11-21T10:00:00.000Z', tasks: [task] }

const problemOf = (value: unknown) => {
  const file = readTaskFile(typeof value === 'string' ? value : JSON.stringify(value))
  return 'problem' in file ? file.problem : ''
}

it('reads an export of tasks', () => {
  expect(readTaskFile(JSON.stringify(taskExport))).toEqual({ export: taskExport })
})

it("takes the tasks out of a copy of a person's data, and nothing else", () => {
  const user = {
    id: '7d9f3b52-4c0e-4f7e-9d6a-0f6f5f1f0b11',
    email: 'ada@example.com',
    name: 'Ada',
    createdAt: task.createdAt,
    updatedAt: task.createdAt,
  }
  const copy = { ...taskExport, user, sessions: [] }
  expect(readTaskFile(JSON.stringify(copy))).toEqual({ export: taskExport })
})

describe('what is wrong is said with its place:', () => {
  it('text that is no JSON', () => {
    expect(problemOf('{\n  "version": 1,\n  "tasks" []\n}')).toContain('line 3, column 11')
    expect(problemOf('')).toContain('This is not JSON')
  })

  it.each([{}, [], null, 'tasks', { ...taskExport, version: 2 }, { ...taskExport, extra: true }])(
    'JSON that is no export: %j',
    (value) => {
      expect(problemOf(JSON.stringify(value))).toContain('no export of tasks')
    },
  )

  it('a field of a task', () => {
    const tasks = [task, { ...task, dueDate: '2026-02-30' }]
    expect(problemOf({ ...taskExport, tasks })).toMatch(
      /^Task 2 \(“Water the plants”\), dueDate: .+\. Nothing was imported/,
    )
    expect(problemOf({ ...taskExport, tasks: [{ ...task, title: '' }] })).toMatch(
      /^Task 1, title: /,
    )
    expect(problemOf({ ...taskExport, tasks: [7] })).toMatch(/^Task 1: /)
  })
})
