const alphabet = new Intl.Collator('und', { numeric: true })

/**
 * The order of labels in a summary: alphabetical by Unicode's own rules and nobody's language, numbers by their value, and no two
 * labels equal.
 */
export function compareLabels(one: string, other: string): number {
  return alphabet.compare(one, other) || (one < other ? -1 : Number(one > other))
}
