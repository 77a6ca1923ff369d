import { describe, expect, it } from 'vitest'
import { findCanonicalUrl } from './find-canonical-url.ts'

const page = { method: 'GET', url: '/login?next=/x', headers: { accept: 'text/html,*/*' } }
const ask = (host: string, webUrl = 'http://localhost:3000', more = {}) =>
  findCanonicalUrl({ ...page, ...more, headers: { ...page.headers, host } }, webUrl)

describe('findCanonicalUrl', () => {
  it.each(['127.0.0.1:3000', '[::1]:3000', 'tend.localhost:3000'])(
    'leads from %s, another name of this machine, to WEB_URL',
    (host) => {
      expect(ask(host)).toBe('http://localhost:3000/login?next=/x')
    },
  )

  it.each([
    'localhost:3000',
    'LOCALHOST:3000',
    '127.0.0.1:8080',
    '127.0.0.1',
    '192.0.2.1:3000',
    'tend.example:3000',
    '127.0.0.1.evil.example:3000',
    'a b',
    '',
  ])('leaves a page at %j where it is', (host) => {
    expect(ask(host)).toBeNull()
  })

  it('leads from no name of this machine to a public site', () => {
    expect(ask('127.0.0.1:443', 'https://tend.example:443')).toBeNull()
  })

  it('leaves all that is no page where it is', () => {
    const host = '127.0.0.1:3000'
    expect(ask(host, undefined, { method: 'POST' })).toBeNull()
    expect(findCanonicalUrl({ ...page, headers: { host } }, 'http://localhost:3000')).toBeNull()
    const headers = { host, accept: 'application/json' }
    expect(findCanonicalUrl({ ...page, headers }, 'http://localhost:3000')).toBeNull()
  })
})
