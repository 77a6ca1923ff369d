import { expect, it } from 'vitest'
import { suggestLabels } from './suggest-labels.ts'

const known = ['büro', 'errands', 'home', 'Homework', 'at home', 'phone']

it('puts labels that begin with what is typed before those that contain it', () => {
  expect(suggestLabels(known, 'ho')).toEqual(['home', 'Homework', 'at home', 'phone'])
})

it('looks past case and accents', () => {
  expect(suggestLabels(known, 'BURO')).toEqual(['büro'])
})

it('leaves out what the task has already', () => {
  expect(suggestLabels(known, 'home', ['home'])).toEqual(['Homework', 'at home'])
})

it('offers the first six when nothing is typed', () => {
  expect(suggestLabels([...known, 'more'], ' ')).toEqual(known)
})
