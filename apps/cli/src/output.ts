import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Writes a line of results. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Writes a line about what is going on, which is no result: pipes do not see it. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Writes a value for other programs. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** Colours text for standard output; plain when that is no terminal or NO_COLOR is set. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

/**
 * Text of a task, safe to show: control characters could move the cursor or rewrite the screen, and direction overrides make
 * text read as another. Line breaks stay when `lines` says so.
 */
export function clean(text: string, { lines = false } = {}): string {
  const unsafe = lines
    ? /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu
    : /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu
  return text.replaceAll(unsafe, '\uFFFD')
}
