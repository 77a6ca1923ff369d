import { describe, expect, it } from 'vitest'
import { isUtf8Json, parseWeights, weighMediaType } from './content-negotiation.ts'

describe('a list of weights', () => {
  it.each([
    ['gzip', { gzip: 1 }],
    ['GZIP;Q=0.5, br', { gzip: 0.5, br: 1 }],
    [' gzip ; q=0 ,, *;q=0.001', { gzip: 0, '*': 0.001 }],
    ['text/html;level=1;q=0.4;ext=1', { 'text/html': 0.4 }],
    ['text/csv;header=absent;q=0, text/csv', { 'text/csv': 1 }],
    ['gzip;q=nonsense, br;q=7, deflate;q=-1', { gzip: 1, br: 1, deflate: 0 }],
    ['', {}],
    [', ;q=1, gz ip', {}],
  ])('%j is read', (header, weights) => {
    expect(Object.fromEntries(parseWeights(header))).toEqual(weights)
  })
})

describe('a media type', () => {
  it.each([
    ['*/*', 1],
    ['application/*;q=0.3', 0.3],
    ['application/json', 1],
    ['APPLICATION/JSON; charset=utf-8', 1],
    ['text/html, application/xhtml+xml, */*;q=0.8', 0.8],
    ['*/*, application/json;q=0', 0],
    ['*/*, application/*;q=0', 0],
    ['*/*;q=0, application/json;q=0.1', 0.1],
    ['text/html', 0],
    ['application/problem+json', 0],
    ['json', 0],
    // Nothing in it can be read: as if it were not there (RFC 9110, section 12.5.1).
    ['', 1],
    [',', 1],
  ])('application/json is weighed by %j', (accept, weight) => {
    expect(weighMediaType(accept, 'application/json')).toBe(weight)
  })

  it('is welcome to whoever says nothing', () => {
    expect(weighMediaType(undefined, 'application/json')).toBe(1)
  })
})

describe('a Content-Type', () => {
  it.each([
    'application/json',
    ' Application/JSON ;charset="UTF-8"',
    'application/json; version=1; charset = utf-8 ',
    'application/json;',
  ])('%j is JSON in UTF-8', (contentType) => {
    expect(isUtf8Json(contentType)).toBe(true)
  })

  it.each([
    '',
    'text/json',
    'application/json-patch+json',
    'application/json; charset=utf-16',
    'application/json; charset="latin1"',
    'application/json; charset=utf-8; CHARSET=latin1',
    'application/json; charset="utf-8',
    'application/json; charset=',
  ])('%j is not', (contentType) => {
    expect(isUtf8Json(contentType)).toBe(false)
  })

  it.each(['"x', '', ';x="'])('of white space without end and %j is read in no time', (end) => {
    const startedAt = performance.now()
    for (let count = 0; count < 20; count += 1) {
      isUtf8Json(`application/json; charset=${' \t'.repeat(8_000)}${end}`)
    }
    expect(performance.now() - startedAt).toBeLessThan(200)
  })
})
