import { TypeOverrides } from 'pg'

/** The two ways of reading `timestamptz`: as a `Date`, or as an RFC 3339 string. */
export type TimestampOf = { date: Date; iso: string }

/** The name of one of them. */
export type TimestampFormat = keyof TimestampOf

const int8 = 20
const date = 1082
const timestamptz = 1184

/** How pg reads column values. Everything not named here is left to its defaults. */
export function createColumnTypes(timestamps: TimestampFormat): TypeOverrides {
  const columnTypes = new TypeOverrides()
  // Counts and milliseconds: all bigints of the schema are far below 2^53.
  columnTypes.setTypeParser(int8, Number)
  // A calendar date has no time zone, a `Date` would give it one.
  columnTypes.setTypeParser(date, (text) => text)
  if (timestamps === 'iso') columnTypes.setTypeParser(timestamptz, toRfc3339)
  return columnTypes
}

/**
 * Turns PostgreSQL's text of a moment, `2026-11-21 12:50:00.12+00`, into RFC 3339 with milliseconds,
 * `2026-11-21T12:50:00.120Z`. A `Date` in between would cost three times the rest of a list query.
 */
export function toRfc3339(text: string): string {
  const isPlain = text.endsWith('+00') && text.charCodeAt(10) === 0x20 && text.length >= 22
  if (!isPlain) return parseUnusualMoment(text)
  // PostgreSQL drops the zeros at the end of the fraction, and the whole fraction when it is zero.
  const milliseconds = text.slice(20, -3).padEnd(3, '0').slice(0, 3)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`
}

// Another time zone (a pooler may lose the session's setting), or a year beyond 9999.
function parseUnusualMoment(text: string): string {
  const parsed = new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
  if (Number.isNaN(parsed.getTime())) {
    throw new RangeError(`A moment in the database is outside the years 0 to 9999: ${text}`)
  }
  return parsed.toISOString()
}
