import type { Task } from '@tend/contracts'
import { describe, expect, it } from 'vitest'
import { applyChanges } from './task-changes.ts'

function taskOf(id: string, fields: Partial<Task> = {}): Task {
  const time = '2026-11-21T09:30:00.000Z'
  const task = { id, title: `Task ${id}`, description: null, isCompleted: false }
  const plain = { dueDate: null, priority: 'none' } as const
  return { ...task, ...plain, labels: [], createdAt: time, updatedAt: time, ...fields }
}

describe('changes on their way', () => {
  const one = taskOf('1')
  const two = taskOf('2')

  it('leave the list as the server has it when there are none', () => {
    expect(applyChanges([one, two], [])).toEqual([one, two])
  })

  it('put added tasks on top, the latest first', () => {
    const listed = applyChanges(
      [one],
      [
        { kind: 'add', key: 'a', text: { title: 'First', description: null } },
        { kind: 'add', key: 'b', text: { title: 'Second', description: null } },
      ],
    )
    expect(listed.map(({ title, isArriving }) => [title, isArriving])).toEqual([
      ['Second', true],
      ['First', true],
      ['Task 1', undefined],
    ])
  })

  it('apply in order, so the last word counts', () => {
    const [listed] = applyChanges(
      [one],
      [
        { kind: 'complete', task: one, isCompleted: true },
        { kind: 'edit', task: one, text: { title: 'New words', description: 'And more' } },
        { kind: 'complete', task: one, isCompleted: false },
      ],
    )
    expect(listed).toMatchObject({
      title: 'New words',
      description: 'And more',
      isCompleted: false,
      dueDate: null,
      priority: 'none',
      labels: [],
      updatedAt: one.updatedAt,
    })
  })

  it('take deleted tasks off, and ignore changes to tasks that are gone', () => {
    const listed = applyChanges(
      [one, two],
      [
        { kind: 'delete', task: one },
        { kind: 'complete', task: one, isCompleted: true },
      ],
    )
    expect(listed.map(({ id }) => id)).toEqual(['2'])
  })
})
