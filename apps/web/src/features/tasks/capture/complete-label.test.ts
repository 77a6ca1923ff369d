import { expect, it } from 'vitest'
import { completeLabel, findTypedLabel, isTypeableLabel } from './complete-label.ts'

it.each([
  ['pay #|', { from: 4, typed: '' }],
  ['pay #ho|', { from: 4, typed: 'ho' }],
  ['#Zü|', { from: 0, typed: 'Zü' }],
  ['pay (#ho|', { from: 5, typed: 'ho' }],
  ['pay #ho| rent', { from: 4, typed: 'ho' }],
  ['pay #ho rent|', null],
  ['C#|', null],
  ['see x.com/a#b|', null],
  ['pay ##|', null],
])('%s', (text, found) => {
  expect(findTypedLabel(text.replace('|', ''), text.indexOf('|'))).toEqual(found)
})

it.each([
  ['pay #ho|', 'pay #home |'],
  ['pay #ho| rent', 'pay #home |rent'],
  ['pay #h|o rent', 'pay #home |rent'],
])('%s becomes %s', (before, after) => {
  const caret = before.indexOf('|')
  const text = before.replace('|', '')
  const typed = findTypedLabel(text, caret)
  expect(typed && completeLabel(text, caret, typed, 'home')).toEqual({
    text: after.replace('|', ''),
    caret: after.indexOf('|'),
  })
})

it('offers no label that quick add would not read', () => {
  expect(['home', 'work/2026', 'to read', '12', 'a&b'].filter(isTypeableLabel)).toEqual([
    'home',
    'work/2026',
  ])
})
