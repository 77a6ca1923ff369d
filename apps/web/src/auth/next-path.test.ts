import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNextPath } from './next-path.ts'

describe('parseNextPath', () => {
  it.each([
    '/',
    '/dashboard',
    '/dashboard?status=open&q=a%20b',
    '/settings#password',
    '/a//b',
    '/%C3%A9t%C3%A9',
    '/dashboard?next=https://example.org//x',
  ])('keeps the path %j of this site', (path) => {
    expect(parseNextPath(path)).toBe(path)
  })

  it('encodes what may not stand in a header as it is', () => {
    expect(parseNextPath('/été au lait')).toBe('/%C3%A9t%C3%A9%20au%20lait')
  })

  const elsewhere = [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/./\\evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    '/%2e%2e//evil.example',
    '/%2fevil.example',
    '/%2F%2Fevil.example',
    '/%252fevil.example',
    '/%25252fevil.example',
    '/%5cevil.example',
    '/%5C%5Cevil.example',
    '/x%5c..%5cevil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r/evil.example',
    '/%09/evil.example',
    '/%0a/evil.example',
    '/%0d%0aSet-Cookie:%20a=b',
    '\t//evil.example',
    ' //evil.example',
    ' /dashboard',
    '/\u0000',
    '/\u0085/evil.example',
    '/%00',
    '/%',
    '/%c0%af',
    '/\ud800',
    'https://evil.example',
    'https:/evil.example',
    'https:evil.example',
    'http:///evil.example',
    'HTTPS://evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'evil.example',
    'dashboard',
    '?next=/',
    '#x',
    '',
    `/${'a'.repeat(3000)}`,
  ]
  it.each(elsewhere)('takes %j for no path of this site', (value) => {
    expect(parseNextPath(value)).toBe('/dashboard')
  })

  it.each([undefined, null, 7, ['/settings'], { toString: () => '/settings' }])(
    'takes %j, which is no string, for no path',
    (value) => {
      expect(parseNextPath(value)).toBe('/dashboard')
    },
  )

  it('never leads to another site, whatever it is given', () => {
    const pieces = fc.constantFrom(
      ...['/', '\\', '.', '..', '%2f', '%5C', '%2e', '%25', '\t', '\n', '@', ':', 'https:'],
      ...['evil.example', ' ', '?', '#', '\u2028', '／', '。', '%09', '\u0000'],
    )
    const site = 'https://tend.example'
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const path = parseNextPath(parts.join(''))
        expect(new URL(path, site).origin).toBe(site)
        expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/)
        expect(parseNextPath(path)).toBe(path)
      }),
      { numRuns: 5000 },
    )
  })
})
