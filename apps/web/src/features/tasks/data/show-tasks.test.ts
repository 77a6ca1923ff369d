import type { Task } from '@tend/contracts'
import { describe, expect, it } from 'vitest'
import { showTasks } from './show-tasks.ts'
import { createAdditionKey, type TaskChange } from './task-changes.ts'
import type { TaskQuery } from './task-query.ts'
import { makeTask } from './test-task.ts'

const everything: TaskQuery = { status: 'all', sort: 'newest' }
const byDate: TaskQuery = { status: 'open', sort: 'due' }
const [one, two] = [makeTask({ dueDate: '2026-11-20' }), makeTask({ dueDate: '2026-11-22' })]

function show(query: TaskQuery, loaded: Task[], ...changes: TaskChange[]) {
  return showTasks(query, loaded, { isWhole: true, lingering: new Map(), changes })
}

const ids = (tasks: Task[]) => tasks.map(({ id }) => id)

describe('changes on their way', () => {
  it('leave the list as the server has it when there are none', () => {
    expect(show(everything, [two, one])).toEqual([two, one])
  })

  it('put added tasks on top, the latest first', () => {
    const add = (title: string): TaskChange => ({
      kind: 'add',
      key: createAdditionKey(),
      task: { title },
    })
    const listed = show(everything, [one], add('First'), add('Second'))
    expect(listed.map(({ title, isArriving }) => [title, isArriving])).toEqual([
      ['Second', true],
      ['First', true],
      [one.title, undefined],
    ])
  })

  it('apply in order, so the last word counts', () => {
    const [listed] = show(
      everything,
      [one],
      { kind: 'change', tasks: [one], fields: { isCompleted: true } },
      { kind: 'change', tasks: [one], fields: { title: 'New words', priority: 'high' } },
      { kind: 'change', tasks: [one], fields: { isCompleted: false } },
    )
    expect(listed).toEqual({ ...one, title: 'New words', priority: 'high' })
  })

  it('leave a task that is completed in its place, also in a list of open ones', () => {
    const change: TaskChange = { kind: 'change', tasks: [one], fields: { isCompleted: true } }
    expect(show(byDate, [one, two], change)).toEqual([{ ...one, isCompleted: true }, two])
    expect(show({ ...byDate, status: 'completed' }, [], change)).toEqual([
      { ...one, isCompleted: true },
    ])
  })

  it('move a task to where its new date belongs, and off a list where it does not', () => {
    const change: TaskChange = {
      kind: 'change',
      tasks: [one],
      fields: { dueDate: '2026-11-23', labels: ['home'] },
    }
    expect(ids(show(byDate, [one, two], change))).toEqual([two.id, one.id])
    expect(ids(show({ ...byDate, dueOn: '2026-11-20' }, [one], change))).toEqual([])
    expect(ids(show({ ...byDate, label: 'home' }, [], change))).toEqual([one.id])
  })

  it('take deleted tasks off, and put restored ones back', () => {
    const deletion: TaskChange = { kind: 'delete', tasks: [one], isPermanent: false }
    const restoration: TaskChange = { kind: 'restore', tasks: [one] }
    const trash: TaskQuery = { status: 'deleted', sort: 'updated' }
    expect(ids(show(everything, [two, one], deletion))).toEqual([two.id])
    expect(ids(show(everything, [two], restoration))).toEqual([two.id, one.id])
    expect(ids(show(everything, [two, one], deletion, restoration))).toEqual([two.id, one.id])
    expect(show(trash, [one], restoration)).toEqual([])
    expect(show(trash, [one], { ...deletion, isPermanent: true })).toEqual([])
  })

  it('add nothing behind the last loaded page', () => {
    const restoration: TaskChange = { kind: 'restore', tasks: [one] }
    const around = { isWhole: false, lingering: new Map(), changes: [restoration] }
    expect(ids(showTasks(everything, [two], around))).toEqual([two.id])
  })
})

describe('a task that was completed while the view is open', () => {
  const done = { ...one, isCompleted: true }
  const completed: TaskQuery = { status: 'completed', sort: 'updated' }
  const around = {
    isWhole: true,
    lingering: new Map([[one.id, { task: done, place: one }]]),
    changes: [],
  }

  it('keeps its place in the open list, and stands in no other list of the view', () => {
    expect(showTasks(byDate, [two], { ...around, beside: completed })).toEqual([done, two])
    expect(showTasks(completed, [done], { ...around, beside: byDate })).toEqual([])
  })

  it('stands in the list of completed ones when that is opened', () => {
    expect(showTasks(completed, [done], around)).toEqual([done])
  })

  it('stands once in a view of two lists while its change is on its way', () => {
    const change: TaskChange = { kind: 'change', tasks: [one], fields: { isCompleted: true } }
    const way = { ...around, lingering: new Map(), changes: [change] }
    expect(showTasks(byDate, [one, two], { ...way, beside: completed })).toEqual([done, two])
    expect(showTasks(completed, [], { ...way, beside: byDate })).toEqual([])
  })

  it('can be reopened in its place', () => {
    const change: TaskChange = { kind: 'change', tasks: [done], fields: { isCompleted: false } }
    expect(showTasks(byDate, [two], { ...around, changes: [change] })).toEqual([one, two])
  })
})
