import { type CreateTask, createTaskSchema } from '@tend/contracts'
import { parseQuickAdd, type QuickAddToken } from '@tend/quick-add'
import { describeTitleProblem } from './describe-title-problem.ts'

/** What a new task gets from the view it is written in, unless its words say something else. */
export type ViewDefaults = { dueDate: string | null; label: string | null }

/** One thing that was understood. `refusal` is what to ignore from now on when the person takes it away. */
export type QuickAddChip = { refusal: string } & (
  | { kind: 'date'; value: string }
  | { kind: 'priority'; value: 'low' | 'medium' | 'high' }
  | { kind: 'label'; value: string }
)

/** A line as the task it would become. */
export type LineReading = {
  /** Null when the line cannot be a task as it is; `problem` says why. */
  task: CreateTask | null
  problem: string | null
  chips: QuickAddChip[]
}

type ReadLineOptions = {
  today: string
  ignore: readonly string[]
  defaults: ViewDefaults
}

// No word of a text looks like these.
const VIEW_DATE = '(date of the view)'
const VIEW_LABEL = '(label of the view)'

/** Reads a line with its dates, priorities and labels, and adds what the view brings along. */
export function readLine(line: string, { today, ignore, defaults }: ReadLineOptions): LineReading {
  const { title, dueDate, priority, labels, tokens } = parseQuickAdd(line, { today, ignore })
  const chips = uniqueLabels(tokens).map(chipOf)
  const viewDate = dueDate === null && !ignore.includes(VIEW_DATE) ? defaults.dueDate : null
  if (viewDate !== null) chips.push({ kind: 'date', value: viewDate, refusal: VIEW_DATE })
  const viewLabel = ignore.includes(VIEW_LABEL) ? null : defaults.label
  const allLabels = [...labels, ...(viewLabel === null ? [] : [viewLabel])]
  const takesLabel = createTaskSchema.shape.labels.safeParse(allLabels).success
  if (viewLabel !== null && takesLabel) {
    chips.push({ kind: 'label', value: viewLabel, refusal: VIEW_LABEL })
  }
  const task = createTaskSchema.safeParse({
    title,
    ...((dueDate ?? viewDate) !== null && { dueDate: dueDate ?? viewDate }),
    ...(priority !== 'none' && { priority }),
    ...(allLabels.length > 0 && { labels: takesLabel ? allLabels : labels }),
  })
  return {
    task: task.success ? task.data : null,
    problem: task.success ? null : describeLineProblem(title, tokens.length > 0),
    chips,
  }
}

function describeLineProblem(title: string, hasTokens: boolean): string {
  if (title === '' && hasTokens) return 'Write what to do, too.'
  return describeTitleProblem(title) ?? 'This cannot be saved as it is.'
}

/** A label that is named twice is one label. */
function uniqueLabels(tokens: QuickAddToken[]): QuickAddToken[] {
  return tokens.filter(
    (token, index) =>
      token.kind !== 'label' ||
      tokens.findIndex(({ kind, value }) => kind === 'label' && value === token.value) === index,
  )
}

function chipOf({ start: _start, end: _end, text, ...meaning }: QuickAddToken): QuickAddChip {
  return { ...meaning, refusal: text }
}
