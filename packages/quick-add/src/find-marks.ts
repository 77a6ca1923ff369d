import { labelSchema, type Priority } from '@tend/contracts'

/** A `#label` or a `!priority` in the text. */
export type FoundMark = { from: number; to: number; isEscaped: boolean } & (
  | { kind: 'label'; value: string }
  | { kind: 'priority'; value: Exclude<Priority, 'none'> }
)

const START = '(?<=(?:^|[\\s(\\[,;])\\\\?)'
const END = '(?=[)\\],;.!?:…]*(?:\\s|$))'
const LABEL = new RegExp(`${START}#(?<name>[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_/-]*)${END}`, 'gu')
const PRIORITY = new RegExp(`${START}!(?<name>high|medium|low|[123])${END}`, 'giu')

const priorities = new Map<string, Exclude<Priority, 'none'>>([
  ['high', 'high'],
  ['1', 'high'],
  ['medium', 'medium'],
  ['2', 'medium'],
  ['low', 'low'],
  ['3', 'low'],
])

/** Finds labels and priorities in the text. A number is no label: `issue #12` stays as it is. */
export function findMarks(text: string): FoundMark[] {
  return [
    ...[...text.matchAll(LABEL)].flatMap((match): FoundMark[] => {
      const value = match.groups?.name ?? ''
      if (!/\p{L}/u.test(value) || !labelSchema.safeParse(value).success) return []
      return [{ kind: 'label', value, ...placeOf(match, text) }]
    }),
    ...[...text.matchAll(PRIORITY)].flatMap((match): FoundMark[] => {
      const value = priorities.get(match.groups?.name?.toLowerCase() ?? '')
      return value === undefined ? [] : [{ kind: 'priority', value, ...placeOf(match, text) }]
    }),
  ]
}

function placeOf(match: RegExpExecArray, text: string) {
  const from = match.index
  return { from, to: from + match[0].length, isEscaped: text[from - 1] === '\\' }
}
