import { expect, it } from 'vitest'
import { makeTask } from '../data/test-task.ts'
import { readField, saysTyped, type TextField } from './task-field.ts'

it.each<[TextField, string, object]>([
  ['title', ' Pay rent ', { fields: { title: 'Pay rent' } }],
  ['title', ' ', { problem: 'Write a few words first.' }],
  ['description', ' * one\n', { fields: { description: ' * one\n' } }],
  ['description', ' \n ', { fields: { description: null } }],
  ['description', 'nul\0', { problem: 'The notes have a character that cannot be stored.' }],
  [
    'description',
    'é'.repeat(10_001),
    { problem: 'Notes have at most 10,000 characters; these have 10,001.' },
  ],
  ['dueDate', '2026-11-21', { fields: { dueDate: '2026-11-21' } }],
  ['dueDate', '', { fields: { dueDate: null } }],
  ['dueDate', '2026-02-30', { problem: 'That is no due date.' }],
  ['priority', 'high', { fields: { priority: 'high' } }],
  ['priority', 'urgent', { problem: 'That is no priority.' }],
])('reads the %s %j', (field, typed, outcome) => {
  expect(readField(field, typed)).toEqual(outcome)
})

it('reads notes of nothing but white space as none, however much it is', () => {
  expect(readField('description', '\n'.repeat(10_001))).toEqual({ fields: { description: null } })
})

it.each<[TextField, string, boolean]>([
  ['title', ' Pay rent ', true],
  ['title', 'Pay  rent', false],
  ['title', ' ', false],
  ['description', ' \n ', true],
  ['description', ' * one\n', false],
  ['dueDate', '', true],
  ['priority', 'none', true],
])('knows of a task whether its %s means %j: %j', (field, typed, isSaid) => {
  expect(saysTyped(makeTask({ title: 'Pay rent' }), field, typed)).toBe(isSaid)
})
