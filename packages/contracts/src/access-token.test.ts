import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { ACCESS_TOKEN_SHAPE, accessTokenHeaderSchema, accessTokenKeyId } from './access-token.ts'

const signature = `${'a'.repeat(42)}A`

it('derives the key id from the secret as a truncated SHA-256', async () => {
  const secret = 'correct horse battery staple, and some more'
  const expected = createHash('sha256')
    .update(secret)
    .digest()
    .subarray(0, 12)
    .toString('base64url')
  expect(await accessTokenKeyId(secret)).toBe(expected)
})

it('takes exactly the sixteen canonical spellings of the last character', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const taken = [...alphabet].filter((last) =>
    ACCESS_TOKEN_SHAPE.test(`e.e.${'a'.repeat(42)}${last}`),
  )
  expect(taken.join('')).toBe('AEIMQUYcgkosw048')
})

it.each([
  ['two segments', `e.${signature}`],
  ['four segments', `e.e.e.${signature}`],
  ['an empty payload', `e..${signature}`],
  ['padding', `e.e.${signature}=`],
  ['a trailing line break', `e.e.${signature}\n`],
  ['a leading space', ` e.e.${signature}`],
  ['a short signature', `e.e.${signature.slice(1)}`],
  ['standard base64', `e.e+/.${signature}`],
])('refuses the shape of a token with %s', (_name, token) => {
  expect(ACCESS_TOKEN_SHAPE.test(token)).toBe(false)
})

it('refuses a header with a key beyond the three', () => {
  const header = { alg: 'HS256', typ: 'at+jwt', kid: 'k' }
  expect(accessTokenHeaderSchema.safeParse(header).success).toBe(true)
  expect(accessTokenHeaderSchema.safeParse({ ...header, crit: ['exp'] }).success).toBe(false)
})
