const LONGEST = 48

/**
 * A title inside a sentence: shortened, in quotation marks, and isolated, so that a right-to-left title does not turn
 * the sentence around it (Unicode Bidirectional Algorithm, section 2.4).
 */
export function quoteTitle(title: string): string {
  const characters = Array.from(new Intl.Segmenter().segment(title), ({ segment }) => segment)
  const short =
    characters.length <= LONGEST
      ? title
      : `${characters
          .slice(0, LONGEST - 1)
          .join('')
          .trimEnd()}…`
  return `“\u2068${short}\u2069”`
}
