const LABEL_BEFORE_CARET = /(?<=^|[\s([,;])#(?<typed>[\p{L}\p{N}_][\p{L}\p{M}\p{N}_/-]*)?$/u

/** What quick add can read after a `#`: a label without spaces, and not a number alone. */
const CAN_BE_TYPED = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_/-]*$/u

/** A label that is being typed: it begins at `from`, the place of its `#`. */
export type TypedLabel = { from: number; typed: string }

/** Finds the label that ends at the caret; null when none does. */
export function findTypedLabel(text: string, caret: number): TypedLabel | null {
  const match = LABEL_BEFORE_CARET.exec(text.slice(0, caret))
  return match === null ? null : { from: match.index, typed: match.groups?.typed ?? '' }
}

/** The text with the typed label completed, and where the caret stands then: behind a space. */
export function completeLabel(text: string, caret: number, { from }: TypedLabel, label: string) {
  const rest = text.slice(caret).replace(/^\S*/u, '').trimStart()
  const start = `${text.slice(0, from)}#${label} `
  return { text: start + rest, caret: start.length }
}

/** The labels that can be typed behind a `#`. */
export function isTypeableLabel(label: string): boolean {
  return CAN_BE_TYPED.test(label) && /\p{L}/u.test(label)
}
