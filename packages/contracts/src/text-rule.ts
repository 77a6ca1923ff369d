/**
 * What a text may be. Lengths count Unicode characters (code points), as PostgreSQL and JSON Schema do, and not UTF-16 units; `trim`
 * says that white space around it is taken away first.
 */
export type TextRule = { min: number; max: number; trim: boolean }

/** What can be wrong with a text. NUL is refused because PostgreSQL cannot store it. */
export type TextFault = 'too short' | 'too long' | 'has NUL'

/** All that is wrong with a text, by a rule. */
export function findTextFaults(text: string, { min, max, trim }: TextRule): TextFault[] {
  const faults: TextFault[] = []
  const length = countCharacters(trim ? text.trim() : text, max)
  if (length < min) faults.push('too short')
  if (length > max) faults.push('too long')
  if (text.includes('\0')) faults.push('has NUL')
  return faults
}

function countCharacters(value: string, max: number): number {
  // A code point has at most two units: far longer strings need no counting.
  if (value.length > 2 * max) return value.length
  let count = 0
  for (const _ of value) count += 1
  return count
}
