import { expect, it } from 'vitest'
import { toRfc3339 } from './column-types.ts'

it.each([
  ['2026-11-21 12:50:00+00', '2026-11-21T12:50:00.000Z'],
  ['2026-11-21 12:50:00.1+00', '2026-11-21T12:50:00.100Z'],
  ['2026-11-21 12:50:00.12+00', '2026-11-21T12:50:00.120Z'],
  ['2026-11-21 12:50:00.123+00', '2026-11-21T12:50:00.123Z'],
  ['2026-11-21 12:50:00.001+00', '2026-11-21T12:50:00.001Z'],
  ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31 23:59:59.999+00', '9999-12-31T23:59:59.999Z'],
])('writes the moment %s as %s', (text, expected) => {
  expect(toRfc3339(text)).toBe(expected)
})

it('cuts microseconds off', () => {
  expect(toRfc3339('2026-11-21 12:50:00.123999+00')).toBe('2026-11-21T12:50:00.123Z')
})

it.each([
  ['2026-11-21 14:50:00.12+02', '2026-11-21T12:50:00.120Z'],
  ['2026-11-21 18:20:00.12+05:30', '2026-11-21T12:50:00.120Z'],
  ['2026-11-21 04:50:00-08', '2026-11-21T12:50:00.000Z'],
])('turns %s of another time zone to UTC', (text, expected) => {
  expect(toRfc3339(text)).toBe(expected)
})

it.each(['infinity', '-infinity', '0044-03-15 12:00:00+00 BC', '12026-01-01 00:00:00+00'])(
  'refuses %s, which RFC 3339 cannot say',
  (text) => {
    expect(() => toRfc3339(text)).toThrow(RangeError)
  },
)

it('says the same as a Date for any moment', () => {
  for (let index = 0; index < 2_000; index += 1) {
    const iso = new Date(Math.floor(Math.random() * 4e12)).toISOString()
    const fraction = iso.slice(19, 23).replace(/\.?0+$/, '')
    expect(toRfc3339(`${iso.slice(0, 10)} ${iso.slice(11, 19)}${fraction}+00`)).toBe(iso)
  }
})
