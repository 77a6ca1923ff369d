import { expect, it } from 'vitest'
import { describeLabelProblem, describeSharedLabelProblem, mergeLabels } from './label-problem.ts'

const ten = Array.from({ length: 10 }, (_, index) => `label ${index}`)

it.each([
  ['home', [], null],
  ['to read', ['home'], null],
  ['Home', ['home'], null],
  [' ', [], 'Write a word first.'],
  [' home ', ['home'], 'The task has the label home already.'],
  ['more', ten, 'A task has at most 10 labels. Take one away first.'],
  ['a'.repeat(31), [], 'A label has at most 30 characters; this one has 31.'],
  ['nul\0', [], 'The label has a character that cannot be stored.'],
])('says of the label %j: %3$s', (typed, labels, problem) => {
  expect(describeLabelProblem(typed, labels)).toBe(problem)
})

it.each([
  ['home', [[], ['home']], null],
  ['home', [ten.with(0, 'home'), []], null],
  [' ', [[], ['home']], 'Write a word first.'],
  [' home ', [['home'], ['home', 'garden']], 'All of them have the label home already.'],
  ['home', [['home'], ten], '“\u2068Second\u2069” has 10 labels. Take one away from it first.'],
])('says of the label %j for tasks with %j: %3$s', (typed, [first, second], problem) => {
  const tasks = [
    { title: 'First', labels: first ?? [] },
    { title: 'Second', labels: second ?? [] },
  ]
  expect(describeSharedLabelProblem(typed, tasks)).toBe(problem)
})

it('keeps what each side has added and taken away', () => {
  expect(mergeLabels(['a', 'b'], ['b', 'mine'], ['a', 'b', 'theirs'])).toEqual([
    'b',
    'theirs',
    'mine',
  ])
  expect(mergeLabels(['a'], ['a', 'x'], [])).toEqual(['x'])
  expect(mergeLabels([], ['x'], ten)).toEqual(ten)
})
