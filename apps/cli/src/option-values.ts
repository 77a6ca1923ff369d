import { InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { labelSchema } from '@tend/contracts'

/** An option that takes one of the values. */
export function choice<const Flags extends string, const Value extends string>(
  flags: Flags,
  description: string,
  values: readonly Value[],
) {
  return new Option(flags, description).choices(values)
}

/** Reads a count, from 1 on. Throws commander's own error. */
export function parseCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1 on.')
}

/** Reads a label as the contract allows it. Throws commander's own error. */
export function parseLabel(text: string): string {
  const label = labelSchema.safeParse(text)
  if (label.success) return label.data
  throw new InvalidArgumentError(`${label.error.issues[0]?.message}.`)
}

/** Adds one more label to those given before. */
export function collectLabels(text: string, before: string[] = []): string[] {
  return [...before, parseLabel(text)]
}

/** The same, with the empty text for no label at all. */
export function collectLabelsOrNone(text: string, before: string[] = []): string[] {
  return text === '' ? before : collectLabels(text, before)
}
