import { createProblem } from '@tend/contracts'
import { describe, expect, it } from 'vitest'
import { findLoginProblems, findRefusedFields, findRegisterProblems } from './form-problems.ts'

describe('a registration', () => {
  it.each([
    [{ email: 'ada@example.org', password: 'a long secret' }, {}],
    [{ email: ' Ada@Example.org ', password: 'a long secret', name: 'Ada' }, {}],
    [{ email: '', password: 'a long secret' }, { email: 'Enter your email address.' }],
    [
      { email: 'ada', password: '' },
      {
        email: 'This is not an email address. One looks like ada@example.org.',
        password: 'Enter a password.',
      },
    ],
    [
      { email: 'ada@example.org', password: 'short' },
      { password: 'Use at least 8 characters; this has 5.' },
    ],
    [
      { email: 'ada@example.org', password: 'x'.repeat(129) },
      { password: 'Use at most 128 characters.' },
    ],
    [
      { email: 'ada@example.org', password: 'a long secret', name: 'n'.repeat(101) },
      { name: 'A name has at most 100 characters.' },
    ],
  ])('of %j has the problems %j', (values, problems) => {
    expect(findRegisterProblems(values)).toEqual(problems)
  })
})

it('lets a short password through when signing in', () => {
  expect(findLoginProblems({ email: 'ada@example.org', password: 'x' })).toEqual({})
  expect(findLoginProblems({ email: 'ada@example.org', password: '' })).toEqual({
    password: 'Enter a password.',
  })
})

it("puts the server's words under the field they are about", () => {
  const problem = createProblem('VALIDATION_FAILED', {
    requestId: 'r',
    errors: [
      {
        path: ['body', 'password'],
        code: 'custom',
        message: 'Is one of the most common passwords',
      },
      { path: ['body', 'colour'], code: 'unrecognized_keys', message: 'Is not known' },
    ],
  })
  expect(findRefusedFields(problem)).toEqual({ password: 'Is one of the most common passwords.' })
})
