import { expect, it } from 'vitest'
import {
  hasFields,
  isEither,
  isFlag,
  isListOf,
  isMissingOr,
  isNullOr,
  isNumber,
  isOneOf,
  isText,
} from './guards.ts'

const isEntry = hasFields({
  text: isText,
  tags: isListOf(isText),
  level: isMissingOr(isOneOf(['low', 'high'])),
  failure: isNullOr(isEither([hasFields({ at: isNumber, isOver: isFlag }), isText])),
})

const entry = { text: '', tags: ['a'], level: 'low', failure: { at: 0, isOver: false } }

it.each([
  ['whole', entry],
  ['of the other kind', { ...entry, failure: 'none' }],
  ['without what may be missing', { text: 'x', tags: [], failure: null }],
  ['with more than is asked for', { ...entry, more: 1 }],
])('takes an entry that is %s', (_name, value) => {
  expect(isEntry(value)).toBe(true)
})

it.each([
  ['nothing', undefined],
  ['null', null],
  ['a word', 'text'],
  ['a list', [entry]],
  ['a missing field', { text: '', tags: [] }],
  ['a field that is only inherited', Object.create(entry)],
  ['another kind of field', { ...entry, text: 7 }],
  ['a list with a stranger', { ...entry, tags: ['a', null] }],
  ['no list', { ...entry, tags: { length: 0 } }],
  ['a word that is not known', { ...entry, level: 'medium' }],
  ['null where nothing may be missing', { ...entry, tags: null }],
  [
    'a number without end',
    JSON.parse('{"text":"","tags":[],"failure":{"at":1e999,"isOver":false}}'),
  ],
  ['something wrong deep inside', { ...entry, failure: { at: '0', isOver: false } }],
])('refuses %s', (_name, value) => {
  expect(isEntry(value)).toBe(false)
})
