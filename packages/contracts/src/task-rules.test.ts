import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTaskSchema, dateSchema } from './task.ts'
import { isDate, taskTextRules } from './task-rules.ts'
import { findTextFaults } from './text-rule.ts'

const twoDigits = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'))
const dateLike = fc
  .tuple(fc.tuple(twoDigits, twoDigits), twoDigits, twoDigits)
  .map(([year, month, day]) => `${year.join('')}-${month}-${day}`)
const date = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10))

it('knows the same days as the schema does', () => {
  fc.assert(
    fc.property(fc.oneof(dateLike, date, fc.string()), (text) => {
      expect(isDate(text)).toBe(dateSchema.safeParse(text).success)
    }),
    { numRuns: 2000 },
  )
})

it.each(['0000-12-31', '1900-02-29', '2026-04-31', '2026-11-21 ', '+2026-11-21'])(
  'knows that %s is no day',
  (text) => {
    expect(isDate(text)).toBe(false)
  },
)

it('finds all that is wrong with a text, in a moment however long it is', () => {
  const { title } = taskTextRules
  expect(findTextFaults('  Pay rent ', title)).toEqual([])
  expect(findTextFaults(' \u2003\n', title)).toEqual(['too short'])
  expect(findTextFaults(`\0${'🌱'.repeat(200)}`, title)).toEqual(['too long', 'has NUL'])
  expect(findTextFaults('x'.repeat(50_000_000), title)).toEqual(['too long'])
  expect(createTaskSchema.safeParse({ title: `\0${'🌱'.repeat(200)}` }).error?.issues).toHaveLength(
    2,
  )
})
