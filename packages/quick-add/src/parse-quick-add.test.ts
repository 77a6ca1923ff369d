import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuickAdd } from './parse-quick-add.ts'

// A Saturday.
const today = '2026-11-21'
const parse = (text: string, ignore: string[] = []) => parseQuickAdd(text, { today, ignore })

describe('a line of text as a task', () => {
  it('is read into title, date, priority and labels, with the place of each', () => {
    expect(parse('pay rent tomorrow !high #home')).toEqual({
      title: 'pay rent',
      titleProblem: null,
      dueDate: '2026-11-22',
      priority: 'high',
      labels: ['home'],
      tokens: [
        { kind: 'date', start: 9, end: 17, text: 'tomorrow', value: '2026-11-22' },
        { kind: 'priority', start: 18, end: 23, text: '!high', value: 'high' },
        { kind: 'label', start: 24, end: 29, text: '#home', value: 'home' },
      ],
    })
  })

  it.each([
    ['call today', '2026-11-21'],
    ['call tonight', '2026-11-21'],
    ['call this evening', '2026-11-21'],
    ['call tmr', '2026-11-22'],
    ['call day after tomorrow', '2026-11-23'],
    ['call the day after tomorrow', '2026-11-23'],
    ['call Sat', '2026-11-21'],
    ['call sun', '2026-11-22'],
    ['call on monday', '2026-11-23'],
    ['call next friday', '2026-11-27'],
    ['call next saturday', '2026-11-28'],
    ['call this weekend', '2026-11-21'],
    ['call next week', '2026-11-28'],
    ['call next month', '2026-12-21'],
    ['call end of the month', '2026-11-30'],
    ['call in 3 days', '2026-11-24'],
    ['call in two weeks', '2026-12-05'],
    ['call a week from now', '2026-11-28'],
    ['call 5 May', '2027-05-05'],
    ['call May 5', '2027-05-05'],
    ['call by the 5th of May', '2027-05-05'],
    ['call Fri, 27 nov', '2026-11-27'],
    ['call due on Dec 24, 2027', '2027-12-24'],
    ['call nov 20', '2027-11-20'],
    ['call 2026-12-01', '2026-12-01'],
    ['call TOMORROW', '2026-11-22'],
    ['tomorrow call', '2026-11-22'],
    ['call (tomorrow)', '2026-11-22'],
    ['call, friday', '2026-11-27'],
    ['call Friday night', '2026-11-27'],
  ])('%s is due %s', (text, dueDate) => {
    expect(parse(text)).toMatchObject({ title: 'call', dueDate, titleProblem: null })
  })

  it.each([
    ['!high', 'high'],
    ['!1', 'high'],
    ['!Medium', 'medium'],
    ['!2', 'medium'],
    ['!low', 'low'],
    ['!3', 'low'],
  ])('%s is the priority %s', (mark, priority) => {
    expect(parse(`call ${mark}`)).toMatchObject({ title: 'call', priority })
  })

  it('takes labels of any script, with digits, dashes, underscores and slashes', () => {
    expect(parse('call #Zürich #naïve-1 #日本 #a_b #work/2026').labels).toEqual([
      'Zürich',
      'naïve-1',
      '日本',
      'a_b',
      'work/2026',
    ])
  })

  it.each([
    'C# meeting',
    'issue #12',
    '# 1 priority',
    'May',
    'plan May',
    'march on',
    'email bob@x.com!',
    'wow!high',
    'set it to !important',
    'the cat sat on the mat',
    'Sun cream',
    'buy sun cream',
    'enjoy the sun',
    'sit, then say now',
    'add 1/2 cup of sugar',
    'open 24/7 at 12:30',
    'rent a car for 3 days',
    'boil eggs in 10 minutes',
    'gym every Monday',
    'gym Mon, Wed, Fri',
    'trip Friday to Sunday',
    'tomorrow or Friday',
    'meet next week Friday',
    'leave before Friday',
    'the Friday report',
    "Monday's slides",
    'Friday-ish',
    'read about 5 May 2019',
    'renewed 2026-11-20',
    'feb 30 is no day',
    '2026-13-01 is no day',
    'see https://x.com/tomorrow#home',
    'C:\\tomorrow',
    'Salómon',
    'read "Tomorrow never dies"',
    'read “the #home issue, tomorrow”',
    'run `git commit !high`',
    'a 12" pizza',
  ])('%s stays as it is', (text) => {
    expect(parse(text)).toEqual({
      title: text,
      titleProblem: null,
      dueDate: null,
      priority: 'none',
      labels: [],
      tokens: [],
    })
  })

  it.each([
    ['call Bob tomorrow at 5pm', 'call Bob at 5pm'],
    ['call Bob tomorrow, then Sue', 'call Bob, then Sue'],
    ['call Bob tomorrow.', 'call Bob.'],
    ['call Bob – tomorrow', 'call Bob'],
    ['  call \t Bob   tomorrow ', 'call Bob'],
    ['12" pizza tomorrow, 9" #food', '12" pizza, 9"'],
  ])('%s leaves the title %s', (text, title) => {
    expect(parse(text).title).toBe(title)
  })

  it('keeps what a backslash stands before', () => {
    expect(parse('say \\tomorrow by \\friday \\#b \\!high #a')).toMatchObject({
      title: 'say tomorrow by friday #b !high',
      dueDate: null,
      priority: 'none',
      labels: ['a'],
    })
  })

  it('takes the last date and the last priority, and leaves earlier ones in the title', () => {
    expect(parse('prepare Friday slides tomorrow !low !high')).toMatchObject({
      title: 'prepare Friday slides !low',
      dueDate: '2026-11-22',
      priority: 'high',
    })
  })

  it('names a label once, and tells labels of different case apart', () => {
    expect(parse('x #home #home #Home')).toMatchObject({ title: 'x', labels: ['home', 'Home'] })
  })

  it('takes what the contract allows: ten labels of thirty characters', () => {
    const many = Array.from({ length: 11 }, (_, index) => `#label-${index}`)
    expect(parse(`x ${many.join(' ')}`)).toMatchObject({ title: 'x #label-10' })
    expect(parse(`x #${'é'.repeat(30)}`).labels).toEqual(['é'.repeat(30)])
    expect(parse(`x #${'é'.repeat(31)}`)).toMatchObject({ title: `x #${'é'.repeat(31)}` })
  })

  it('leaves in the title what the person has refused', () => {
    expect(parse('see tomorrow #home !high', ['tomorrow', '#home'])).toMatchObject({
      title: 'see tomorrow #home',
      dueDate: null,
      labels: [],
      priority: 'high',
    })
  })

  it('says so when no title remains or it is too long', () => {
    expect(parse('tomorrow #home')).toMatchObject({ title: '', titleProblem: 'Must not be empty' })
    expect(parse('   ').titleProblem).toBe('Must not be empty')
    expect(parse(`${'x'.repeat(201)} tomorrow`)).toMatchObject({
      titleProblem: 'Must have at most 200 characters',
      dueDate: '2026-11-22',
    })
  })
})

const word = fc.oneof(
  fc.constantFrom(
    ...['tomorrow', 'Sat', 'sun', 'on', 'by', 'the', 'next week', 'May 5', '5', 'in 3 days', 'or'],
    ...['#home', '#12', '!high', '!1', '\\', '"', '“', '”', '`', ',', '.', '(', ')', '-', '\n', ''],
    ...['due', 'for', 'night', '2026-12-24', 'every', 'day after tomorrow', '\0', '😀', 'é'],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const line = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '', '   ')), { maxLength: 12 })
  .map((parts) => parts.flat().join(''))

describe('whatever is typed', () => {
  it('never throws, and tokens lie in the text, in order and apart', () => {
    fc.assert(
      fc.property(line, (text) => {
        let at = 0
        for (const token of parse(text).tokens) {
          expect(token.start).toBeGreaterThanOrEqual(at)
          expect(token.end).toBeGreaterThan(token.start)
          expect(token.text).toBe(text.slice(token.start, token.end))
          at = token.end
        }
        expect(at).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2000 },
    )
  })

  it('loses no letter and no digit: each is in the title or in a token', () => {
    const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')
    fc.assert(
      fc.property(line, (text) => {
        const { title, tokens } = parse(text)
        let rest = ''
        let at = 0
        for (const { start, end } of tokens) {
          rest += text.slice(at, start)
          at = end
        }
        expect(letters(title)).toBe(letters(rest + text.slice(at)))
        expect(title).toBe(title.trim())
        expect(title).not.toMatch(/\s\s/)
      }),
      { numRuns: 2000 },
    )
  })

  it('has no token once each is refused', () => {
    fc.assert(
      fc.property(line, (text) => {
        const refused: string[] = []
        for (let round = 0; round < 50; round += 1) {
          const { tokens } = parse(text, refused)
          if (tokens.length === 0) return
          refused.push(...tokens.map((token) => token.text))
        }
        expect.unreachable()
      }),
      { numRuns: 500 },
    )
  })

  it('takes time in proportion to its length', () => {
    const startedAt = performance.now()
    for (const part of ['due ', 'by ', ' ', '#a', '"', 'the 5 ', 'tomorrow', '5 may ']) {
      parse(part.repeat(5000))
    }
    expect(performance.now() - startedAt).toBeLessThan(4000)
  })
})
