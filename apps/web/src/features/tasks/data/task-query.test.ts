import type { Task } from '@tend/contracts'
import { describe, expect, it } from 'vitest'
import { belongsTo, compareTasks, type TaskQuery } from './task-query.ts'
import { makeTask } from './test-task.ts'

describe('belongsTo', () => {
  const rent = makeTask({
    title: 'Pay rent',
    description: 'From the Straße account',
    dueDate: '2026-11-21',
    labels: ['home'],
  })

  it.each<[Partial<TaskQuery>, boolean]>([
    [{}, true],
    [{ status: 'open' }, true],
    [{ status: 'completed' }, false],
    [{ status: 'deleted' }, false],
    [{ label: 'home' }, true],
    [{ label: 'Home' }, false],
    [{ dueOn: '2026-11-21' }, true],
    [{ dueOn: '2026-11-22' }, false],
    [{ q: 'RENT' }, true],
    [{ q: 'strasse' }, true],
    [{ q: 'water' }, false],
    [{ q: 'rent', label: 'work' }, false],
  ])('says of %j: %s', (query, expected) => {
    expect(belongsTo({ status: 'all', sort: 'newest', ...query }, rent)).toBe(expected)
  })
})

describe('compareTasks', () => {
  const first = makeTask({ title: 'Éclair', dueDate: null, priority: 'low' })
  const second = makeTask({ title: 'apple', dueDate: '2026-11-21', priority: 'high' })
  const third = makeTask({
    title: 'Zucchini',
    dueDate: '2026-11-21',
    priority: 'low',
    updatedAt: '2026-11-22T00:00:00.000Z',
  })
  const names = (tasks: Task[]) => tasks.map(({ title }) => title)

  it.each<[TaskQuery['sort'], string[]]>([
    ['newest', ['Zucchini', 'apple', 'Éclair']],
    ['oldest', ['Éclair', 'apple', 'Zucchini']],
    ['due', ['apple', 'Zucchini', 'Éclair']],
    ['priority', ['apple', 'Zucchini', 'Éclair']],
    ['title', ['apple', 'Éclair', 'Zucchini']],
    ['updated', ['Zucchini', 'apple', 'Éclair']],
  ])('orders by %s', (sort, expected) => {
    const tasks = [third, first, second]
    expect(names(tasks.toSorted((one, other) => compareTasks(sort, one, other)))).toEqual(expected)
  })

  it('orders titles by code points, as the API does', () => {
    const titles = ['Z', '日本', '\uE000', '\uFFFD', '🌱', '🌱 more']
    const tasks = titles.map((title) => makeTask({ title })).toReversed()
    const inOrder = tasks.toSorted((one, other) => compareTasks('title', one, other))
    expect(names(inOrder)).toEqual(titles)
  })
})
