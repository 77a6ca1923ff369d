import { expect, it } from 'vitest'
import { describeRequestedPath } from './requested-path.ts'

it.each([
  ['/dashboard', '/dashboard'],
  ['/dashboard?view=today&q=a%20b', '/dashboard?view=today&q=a%20b'],
  ['/dashboard?_rsc=1x2y', '/dashboard'],
  ['/dashboard?view=today&_rsc=1x2y', '/dashboard?view=today'],
])('says of %s that %s was asked for', (asked, said) => {
  expect(describeRequestedPath(new URL(asked, 'http://localhost'))).toBe(said)
})
