const MOST = 6

/**
 * Labels that fit what is typed, in the order given: those that begin with it before those that have it in the middle. Case and
 * accents do not count.
 */
export function suggestLabels(
  known: readonly string[],
  typed: string,
  taken: readonly string[] = [],
): string[] {
  const wanted = fold(typed.trim())
  const free = known.filter((label) => !taken.includes(label) && fold(label).includes(wanted))
  const [first, second] = [true, false].map((begins) =>
    free.filter((label) => fold(label).startsWith(wanted) === begins),
  )
  return [...(first ?? []), ...(second ?? [])].slice(0, MOST)
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
