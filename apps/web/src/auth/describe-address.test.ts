import { expect, it } from 'vitest'
import { describeAddress } from './describe-address.ts'

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:0db8:0001:0002:0000:0000:0000:0000', '2001:db8:1:2::/64'],
  ['0000:0000:0000:0000:0000:0000:0000:0000', '::1'],
  ['of:no:use', 'of:no:use'],
  ['', null],
  [undefined, null],
])('shows %j as %j', (stored, shown) => {
  expect(describeAddress(stored)).toBe(shown)
})
