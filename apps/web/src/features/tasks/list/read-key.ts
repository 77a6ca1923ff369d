/**
 * The key of an event as the page's keys are named: as in `KeyboardEvent.key`. Where the keyboard writes another alphabet, a letter is the one that
 * stands in its place on a Latin keyboard.
 */
export function readKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  const isOtherLetter = /^\p{L}$/u.test(key) && !/\p{Script=Latin}/u.test(key)
  const place = isOtherLetter ? /^Key([A-Z])$/.exec(code)?.[1] : undefined
  return place?.toLowerCase() ?? key
}
