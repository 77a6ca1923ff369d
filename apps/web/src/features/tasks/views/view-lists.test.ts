import { expect, it } from 'vitest'
import { makeTask } from '../data/test-task.ts'
import { holdsTask, sectionsOf } from './view-lists.ts'
import { plainView, type View } from './view-params.ts'

const today = '2026-11-21'

it.each<[string, Partial<View>, Parameters<typeof makeTask>[0], boolean]>([
  ['all tasks hold any task', {}, {}, true],
  ['a search holds what it finds', { q: 'rent' }, { title: 'Pay the rent' }, true],
  ['a search holds nothing else', { q: 'rent' }, { title: 'Write to Ada' }, false],
  ['a label holds its tasks', { label: 'home' }, { labels: ['home'] }, true],
  ['a label holds no others', { label: 'home' }, {}, false],
  ['today holds what is due', { view: 'today' }, { dueDate: today }, true],
  ['today holds what is overdue', { view: 'today' }, { dueDate: '2026-11-01' }, true],
  [
    'today holds what was done of it',
    { view: 'today' },
    { dueDate: today, isCompleted: true },
    true,
  ],
  ['today holds nothing of tomorrow', { view: 'today' }, { dueDate: '2026-11-22' }, false],
  ['today holds nothing without a date', { view: 'today' }, {}, false],
  ['what comes holds tomorrow', { view: 'upcoming' }, { dueDate: '2026-11-22' }, true],
  ['what comes holds nothing of today', { view: 'upcoming' }, { dueDate: today }, false],
  ['what comes holds nothing without a date', { view: 'upcoming' }, {}, false],
  ['what is done holds nothing open', { view: 'completed' }, {}, false],
])('%s', (_name, view, fields, isHeld) => {
  expect(holdsTask({ ...plainView, ...view }, makeTask(fields), today)).toBe(isHeld)
})

it('today shows a task once that both of its lists hold', () => {
  const [task, other] = [makeTask({ dueDate: today }), makeTask({ dueDate: today })]
  const done = { ...task, isCompleted: true }
  const [section] = sectionsOf({ ...plainView, view: 'today' }, [task, other], [done], today)
  expect(section?.tasks).toEqual([other, done])
})
