import { describe, expect, it } from 'vitest'
import type { TaskChange } from './task-changes.ts'
import { foreseeTotals, shiftTotals, type TaskTotals } from './task-totals.ts'
import { makeTask } from './test-task.ts'

const today = '2026-11-21'
const start: TaskTotals = {
  open: 3,
  completed: 1,
  overdue: 1,
  deleted: 1,
  today: 2,
  upcoming: 1,
  labels: [
    { label: 'home', open: 1 },
    { label: 'work', open: 2 },
  ],
}
const late = makeTask({ dueDate: '2026-11-20', labels: ['home'] })

describe('shiftTotals', () => {
  it('takes a completed task out of every count of open ones', () => {
    expect(shiftTotals(start, today, late, { ...late, isCompleted: true })).toEqual({
      ...start,
      open: 2,
      completed: 2,
      overdue: 0,
      today: 1,
      labels: [{ label: 'work', open: 2 }],
    })
  })

  it('moves a task whose date and labels change', () => {
    const moved = { ...late, dueDate: '2026-11-25', labels: ['Garden', 'work'] }
    expect(shiftTotals(start, today, late, moved)).toEqual({
      ...start,
      overdue: 0,
      today: 1,
      upcoming: 2,
      labels: [
        { label: 'Garden', open: 1 },
        { label: 'work', open: 3 },
      ],
    })
  })

  it('counts the trash apart, and nothing that is gone for good', () => {
    const deleted = shiftTotals(start, today, late, 'trash')
    expect(deleted).toMatchObject({ open: 2, completed: 1, deleted: 2 })
    expect(shiftTotals(deleted, today, 'trash', late)).toEqual(start)
    expect(shiftTotals(start, today, 'trash', null)).toEqual({ ...start, deleted: 0 })
  })
})

describe('foreseeTotals', () => {
  const unknown = () => undefined

  it('adds up what is on its way', () => {
    const changes: TaskChange[] = [
      { kind: 'add', key: '~1', task: { title: 'New', dueDate: today } },
      { kind: 'change', tasks: [late], fields: { isCompleted: true } },
      { kind: 'delete', tasks: [late], isPermanent: false },
    ]
    const seen = foreseeTotals(start, today, changes, unknown)
    expect(seen).toMatchObject({ open: 3, completed: 1, overdue: 0, today: 2, deleted: 2 })
  })

  it('counts nothing twice when the change has come in by another way', () => {
    const done = { ...late, isCompleted: true }
    const change: TaskChange = { kind: 'change', tasks: [late], fields: { isCompleted: true } }
    const deletion: TaskChange = { kind: 'delete', tasks: [late], isPermanent: false }
    expect(foreseeTotals(start, today, [change], () => done)).toEqual(start)
    expect(foreseeTotals(start, today, [deletion], () => 'trash')).toEqual(start)
  })

  it('takes what is restored or deleted for good out of the trash', () => {
    const restoration: TaskChange = { kind: 'restore', tasks: [late] }
    const end: TaskChange = { kind: 'delete', tasks: [late], isPermanent: true }
    expect(foreseeTotals(start, today, [restoration], unknown)).toMatchObject({
      open: 4,
      deleted: 0,
    })
    expect(foreseeTotals(start, today, [end], unknown)).toEqual({ ...start, deleted: 0 })
  })
})
