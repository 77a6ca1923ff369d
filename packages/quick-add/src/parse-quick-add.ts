import { createTaskSchema, type Priority } from '@tend/contracts'
import { findDates } from './find-dates.ts'
import { findMarks } from './find-marks.ts'
import { joinTitle } from './join-title.ts'

/** A part of the text that was understood: `text` stands at `start` to `end` (UTF-16 positions) and means `value`. */
export type QuickAddToken = { start: number; end: number; text: string } & (
  | { kind: 'date'; value: string }
  | { kind: 'priority'; value: Exclude<Priority, 'none'> }
  | { kind: 'label'; value: string }
)

/** A line of text, read as a task. */
export type QuickAdd = {
  /** What remains without the tokens, with single spaces. */
  title: string
  /** Why the title cannot be that of a task, as when nothing remains; null when it can. */
  titleProblem: string | null
  dueDate: string | null
  priority: Priority
  labels: string[]
  /** In the order of the text. */
  tokens: QuickAddToken[]
}

export type QuickAddOptions = {
  /** The person's own date, `YYYY-MM-DD`; `calendarDay(new Date())` gives it. */
  today: string
  /** Texts of tokens that the person has refused: they stay in the title. */
  ignore?: readonly string[]
}

type Candidate = QuickAddToken & { isEscaped: boolean }

/**
 * Reads `pay rent tomorrow !high #home` into title, due date, priority and labels. The last date and the last priority count, earlier ones
 * stay in the title. A backslash before a word, or quotation marks around it, keep it as text.
 */
export function parseQuickAdd(text: string, { today, ignore = [] }: QuickAddOptions): QuickAdd {
  const candidates = findCandidates(text, today)
  const escapes = candidates.flatMap(({ start, isEscaped }) => (isEscaped ? [start - 1] : []))
  const open = candidates.filter((found) => !found.isEscaped && !ignore.includes(found.text))
  const date = open.findLast((found) => found.kind === 'date')
  const priority = open.findLast((found) => found.kind === 'priority')
  const labels = new Set<string>()
  const tokens = open.flatMap(({ isEscaped: _, ...token }): QuickAddToken[] => {
    if (token.kind === 'date') return token.start === date?.start ? [token] : []
    if (token.kind === 'priority') return token.start === priority?.start ? [token] : []
    if (!createTaskSchema.shape.labels.safeParse([...labels.add(token.value)]).success) {
      labels.delete(token.value)
      return []
    }
    return [token]
  })
  const title = joinTitle(text, tokens, escapes)
  const check = createTaskSchema.shape.title.safeParse(title)
  return {
    title,
    titleProblem: check.success ? null : (check.error.issues[0]?.message ?? 'Must be a title'),
    dueDate: date?.value ?? null,
    priority: priority?.kind === 'priority' ? priority.value : 'none',
    labels: [...labels],
    tokens,
  }
}

function findCandidates(text: string, today: string): Candidate[] {
  const unquoted = text.replaceAll(
    /(?<=^|[\s(])(?:"[^"]+"|“[^”]+”|`[^`]+`)(?=[)\],;.!?:…]*(?:\s|$))/gu,
    (quoted) => '\0'.repeat(quoted.length),
  )
  const marks = findMarks(unquoted)
  // Labels and priorities are in the way of `call mum sat #home`, where the day is the last word.
  let withoutMarks = unquoted
  for (const { from, to, isEscaped } of marks) {
    if (isEscaped) continue
    withoutMarks = `${withoutMarks.slice(0, from)}${' '.repeat(to - from)}${withoutMarks.slice(to)}`
  }
  const dates = findDates(withoutMarks, today)
  const place = ({ from, to }: { from: number; to: number }) => ({
    start: from,
    end: to,
    text: text.slice(from, to),
  })
  return [
    ...marks.map((mark): Candidate => {
      if (mark.kind === 'label')
        return { kind: 'label', value: mark.value, isEscaped: mark.isEscaped, ...place(mark) }
      return { kind: 'priority', value: mark.value, isEscaped: mark.isEscaped, ...place(mark) }
    }),
    ...dates.map(
      (date): Candidate => ({
        kind: 'date',
        value: date.day,
        isEscaped: date.isEscaped,
        ...place(date),
      }),
    ),
  ].sort((left, right) => left.start - right.start)
}
