import { dateSchema } from '@tend/contracts'
import { parseQuickAdd } from '@tend/quick-add'
import { CliError } from './cli-error.ts'

/** Reads `2026-12-24`, `tomorrow` or `next friday` as a day and `none` as null. Throws a usage error. */
export function parseDueDay(text: string, today: string): string | null {
  if (text === 'none') return null
  if (dateSchema.safeParse(text).success) return text
  const { title, dueDate, tokens } = parseQuickAdd(`x ${text}`, { today })
  if (dueDate !== null && title === 'x' && tokens.length === 1) return dueDate
  throw new CliError(
    'usage',
    `“${text}” is no day from today on: write one such as 2026-12-24, tomorrow, “next friday”, or none`,
  )
}
