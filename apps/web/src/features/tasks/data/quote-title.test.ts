import { expect, it } from 'vitest'
import { quoteTitle } from './quote-title.ts'

it('quotes and isolates a title', () => {
  expect(quoteTitle('Pay rent')).toBe('“\u2068Pay rent\u2069”')
})

it('shortens a long title without cutting an emoji in two', () => {
  const family = '👩‍👩‍👧‍👦'
  expect(quoteTitle(family.repeat(60))).toBe(`“\u2068${family.repeat(47)}…\u2069”`)
})
