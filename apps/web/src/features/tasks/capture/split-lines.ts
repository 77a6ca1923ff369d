/** More than anybody writes at once, and what a minute's limit of requests allows. */
const MOST_LINES = 200

// The marks that lists bring along from elsewhere: -, *, •, 1., and the boxes of checklists.
const MARK = /^\s*(?:[-*+•‣–—]\s+|\d{1,3}[.)]\s+)?(?:\[[ xX]?\]\s+)?/u

/** What several pasted lines may become. */
export type PastedLines = { kind: 'one' } | { kind: 'several'; lines: string[] } | { kind: 'many' }

/** Tells whether pasted text is one task or several: each line that says something, without the mark of its list. */
export function splitLines(text: string): PastedLines {
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => line.replace(MARK, '').trim())
    .filter((line) => line !== '')
  if (lines.length < 2) return { kind: 'one' }
  return lines.length > MOST_LINES ? { kind: 'many' } : { kind: 'several', lines }
}
