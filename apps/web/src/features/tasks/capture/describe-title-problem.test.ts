import { expect, it } from 'vitest'
import { describeTitleProblem } from './describe-title-problem.ts'

it.each([
  ['   \t ', 'Write a few words first.'],
  ['', 'Write a few words first.'],
  ['a'.repeat(201), 'A title has at most 200 characters; this one has 201.'],
  ['nul\0', 'The title has a character that cannot be stored. Take it out and try again.'],
  ['Pay rent', null],
  [`  ${'😀'.repeat(200)}  `, null],
])('says of %j: %s', (typed, problem) => {
  expect(describeTitleProblem(typed)).toBe(problem)
})
