import { casual } from 'chrono-node/en'
import { formatDay } from './calendar-day.ts'

/** A phrase that reads as a day, and the day: `from` and `to` are UTF-16 positions. */
export type FoundDate = { from: number; to: number; day: string; isEscaped: boolean }

// At most three: long enough for typing slips, too short to reach across a label that was blanked out.
const SPACE = '\\s{1,3}'
const LONG_WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const WEEKDAY = `(?:${LONG_WEEKDAY}|mon|tue|wed|thurs?|fri|sat|sun)`
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const DAY = '\\d{1,2}(?:st|nd|rd|th)?'
const COUNT = '(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,3})'
const UNIT = '(?:day|week|month|year)s?'
const YEAR = `(?:,?${SPACE}\\d{4})?`

/**
 * What reads as a day. chrono alone is too eager for a list of tasks: to it `sun cream`, `1/2 cup`, `May` and `for 3 days` are dates as
 * well. It works out the day of what is named here.
 */
const PHRASES = [
  '\\d{4}-\\d{2}-\\d{2}',
  `(?:${WEEKDAY},?${SPACE})?${MONTH}${SPACE}${DAY}${YEAR}`,
  `(?:${WEEKDAY},?${SPACE})?(?:the${SPACE})?${DAY}${SPACE}(?:of${SPACE})?${MONTH}${YEAR}`,
  `(?:the${SPACE})?day${SPACE}after${SPACE}tomorrow`,
  `in${SPACE}${COUNT}${SPACE}${UNIT}`,
  `${COUNT}${SPACE}${UNIT}${SPACE}from${SPACE}now`,
  `next${SPACE}(?:week|month|year)`,
  `end${SPACE}of${SPACE}(?:the${SPACE})?month`,
  `this${SPACE}(?:morning|afternoon|evening)`,
  `(?:this|next)${SPACE}weekend`,
  'today|tonight|tomorrow|tmrw?',
  `(?:(?:this|next)${SPACE})?${WEEKDAY}`,
]

const PATTERN = new RegExp(
  `(?<=(?:^|[\\s(\\[,;–—])\\\\?)(?<lead>(?:due${SPACE})?(?:(?:on|by|for)${SPACE})?)\\\\?(?<core>${PHRASES.join('|')})` +
    `(?<part>${SPACE}(?:morning|afternoon|evening|night))?(?=[)\\],;.!?:…–—]*(?:\\s|$))`,
  'giu',
)

/** After these words a day says something else than when the task is due: `every Friday`, `before Friday`, `the Friday report`. */
const SPEAKS_OF_A_DAY = new Set(
  (
    'a about after an and before between each every from her his its last my of or our past since than that the their these ' +
    'those through till to until vs your'
  ).split(' '),
)

/** Between two days these make a range or a choice, and a task has but one day. */
const CONNECTIVE = /^\s*(?:,|&|\/|-|–|—|and|or|to|through|until|till)?\s*$/iu

/** Finds the phrases in `text` that name a day, from `today` (`YYYY-MM-DD`, the person's own) on. */
export function findDates(text: string, today: string): FoundDate[] {
  const found = [...text.matchAll(PATTERN)].flatMap((match) => readMatch(match, text, today) ?? [])
  const joins = (left: FoundDate | undefined, right: FoundDate | undefined) =>
    left !== undefined && right !== undefined && CONNECTIVE.test(text.slice(left.to, right.from))
  return found.filter((date, index) => {
    if (joins(found[index - 1], date) || joins(date, found[index + 1])) return false
    const wordBefore = /(\p{L}+)\s+$/u.exec(text.slice(0, date.from))?.[1] ?? ''
    return !SPEAKS_OF_A_DAY.has(wordBefore.toLowerCase())
  })
}

function readMatch(match: RegExpExecArray, text: string, today: string): FoundDate | null {
  const { lead = '', core = '', part = '' } = match.groups ?? {}
  const from = match.index
  const to = from + match[0].length
  const before = text.slice(0, from)
  const isAlone = lead === '' && part === ''
  if (isAlone && isAlsoAWord(core) && !standsLikeADay(core, before, text.slice(to))) return null
  const day = workOutDay(core, today)
  if (day === null || day < today) return null
  const backslash = match[0].indexOf('\\')
  if (backslash !== -1) return { from: from + backslash + 1, to, day, isEscaped: true }
  return { from, to, day, isEscaped: before.endsWith('\\') }
}

function isAlsoAWord(core: string): boolean {
  return /^(?:sat|sun|wed)$/i.test(core)
}

/** `sat` in `the cat sat on it` is no day; `call Sat about it` and `call mum sat` mean Saturday. */
function standsLikeADay(core: string, before: string, after: string): boolean {
  const isLast = !/[\p{L}\p{N}]/u.test(after)
  const isCapitalised = /^\p{Lu}/u.test(core)
  return isLast || (isCapitalised && /[\p{L}\p{N}]/u.test(before))
}

function workOutDay(core: string, today: string): string | null {
  const phrase = core
    .replaceAll(/\s+/g, ' ')
    .replace(/^the /i, '')
    .replace(/ the (?=\d)/i, ' ')
    .replace(/^(?=day )/i, 'the ')
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
  // chrono counts in the time zone of the machine, where every day has a noon; so no zone can shift the day.
  const noon = new Date(year, month - 1, day, 12)
  const [result, ...others] = casual.parse(phrase, noon, { forwardDate: true })
  if (result === undefined || others.length > 0 || result.text.length !== phrase.length) return null
  const parts = (['year', 'month', 'day'] as const).map((name) => result.start.get(name))
  return formatDay(parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0)
}
