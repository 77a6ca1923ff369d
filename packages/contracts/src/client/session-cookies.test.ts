import { expect, it } from 'vitest'
import { mergeCookies } from './session-cookies.ts'

it.each([
  ['a first cookie is kept', null, ['a=1; Path=/; HttpOnly'], 'a=1'],
  ['a new value replaces the old one', 'a=1; b=2', ['a=3; Path=/'], 'a=3; b=2'],
  ['a value may contain an equals sign', null, ['a=x==; Path=/'], 'a=x=='],
  ['Max-Age=0 clears a cookie', 'a=1; b=2', ['a=gone; max-age=0; Path=/'], 'b=2'],
  ['an empty value clears a cookie', 'a=1', ['a=; Path=/'], null],
  ['a line without a name is ignored', 'a=1', ['=x', 'nonsense'], 'a=1'],
])('%s', (_name, kept, setCookies, expected) => {
  expect(mergeCookies(kept, setCookies)).toBe(expected)
})
