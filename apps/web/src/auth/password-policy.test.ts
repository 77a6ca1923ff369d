import { describe, expect, it } from 'vitest'
import { findPasswordProblem } from './password-policy.ts'

const codeOf = (password: unknown) => findPasswordProblem(password, ['body', 'password'])?.code

describe('findPasswordProblem', () => {
  it.each([
    'a rare parsnip on tuesday',
    'Tr0ub4dor&3x',
    '        x',
    '☂☂☃☃☄☄★☆',
    '👩‍🚀 to the moon',
    'correct horse battery staple',
    `${'x'.repeat(127)}y`,
    `${'\u{1F600}'.repeat(127)}y`,
  ])('takes %j', (password) => {
    expect(codeOf(password)).toBeUndefined()
  })

  it.each([
    ['too_small', ''],
    ['too_small', 'parsnip'],
    ['too_small', '\u{1F600}\u{1F601}\u{1F602}\u{1F603}'],
    ['too_big', `${'parsnip '.repeat(16)}x`],
    ['too_big', 'a rare parsnip'.repeat(10_000)],
    ['invalid_format', 'a rare\0parsnip'],
    ['invalid_type', undefined],
    ['invalid_type', null],
    ['invalid_type', 12345678],
    ['invalid_type', ['a rare parsnip']],
  ])('refuses as %s: %j', (code, password) => {
    expect(codeOf(password)).toBe(code)
  })

  it.each([
    ...['password', 'password1', 'password123', 'iloveyou', 'sunshine', 'princess', 'football'],
    ...['baseball', 'superman', 'trustno1', 'starwars', 'letmein1', 'passw0rd', 'qwerty123'],
    ...['12345678', '123456789', '1234567890', '0987654321', '87654321', '11111111', '88888888'],
    ...['123123123', '12341234', 'abcdefgh', 'abcd1234', 'qwertyui', 'qwertyuiop', 'poiuytrewq'],
    ...['asdfghjkl', 'lkjhgfdsa', '1q2w3e4r', '1qaz2wsx', 'zaq12wsx', 'xxxxxxxx', 'aaaaaaaa'],
    ...['01012009', '01022010', '21081990', '1234567890-', 'abcabcabc'],
  ])('refuses %j, one of the most common', (password) => {
    expect(codeOf(password)).toBe('too_common')
  })

  it.each(['PASSWORD', 'PassWord1', 'IloveYou', 'ｐａｓｓｗｏｒｄ', 'PASSＷORD', '①②③④⑤⑥⑦⑧'])(
    'refuses %j, a common one in other clothes',
    (password) => {
      expect(codeOf(password)).toBe('too_common')
    },
  )

  it('says where the password stood, and nothing of it', () => {
    const problem = findPasswordProblem('password', ['body', 'newPassword'])
    expect(problem?.path).toEqual(['body', 'newPassword'])
    expect(problem?.message).toMatch(/most common passwords/)
  })
})
