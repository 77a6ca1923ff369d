import { expect, it } from 'vitest'
import { compareLabels } from './compare-labels.ts'

it('orders labels as people do: by letters whatever their case, by numbers, and never two alike', () => {
  const twoPoints = 'a\u0308pfel'
  const inOrder = [twoPoints, 'äpfel', 'apple', 'Apple', 'week 2', 'week 10', 'Zoo']
  expect(inOrder.toReversed().toSorted(compareLabels)).toEqual(inOrder)
  expect(compareLabels('home', 'home')).toBe(0)
})
