/**
 * What remains of `text` without the `cuts` and without the characters at `escapes`. Where something was cut, the space before a
 * comma or full stop goes too, as do empty brackets and a comma or dash left at the end.
 */
export function joinTitle(
  text: string,
  cuts: readonly { start: number; end: number }[],
  escapes: readonly number[],
): string {
  const gaps = [...cuts, ...escapes.map((at) => ({ start: at, end: at + 1, isEscape: true }))].sort(
    (left, right) => left.start - right.start,
  )
  let title = ''
  let at = 0
  for (const gap of gaps) {
    title += text.slice(at, gap.start)
    at = gap.end
    if ('isEscape' in gap) continue
    if (/[([]$/.test(title) && /^[)\]]/.test(text.slice(at))) {
      title = title.slice(0, -1)
      at += 1
    }
    if (/^[,;.!?:…]/.test(text.slice(at))) title = title.trimEnd()
  }
  title += text.slice(at)
  const last = cuts.at(-1)
  const endsWithCut = last !== undefined && /^[\s)\]]*$/.test(text.slice(last.end))
  if (endsWithCut) title = title.replace(/[\s,;–—-]+$/u, '')
  return title.replaceAll(/\s+/g, ' ').trim()
}
