import type { Logger } from '@tend/runtime/logger'

const levels = { log: 'info', info: 'info', debug: 'debug', warn: 'warn', error: 'error' } as const

/** Errors of pages and the words of Next.js go to the console as text; in the log each is one line of JSON like any other. */
export function logConsole(log: Logger): void {
  for (const [method, level] of Object.entries(levels)) {
    const write = (...values: unknown[]) => {
      const err = values.find((value) => value instanceof Error)
      const words = values.filter((value) => typeof value === 'string').join(' ')
      log[level]({ event: 'console', ...(err && { err }) }, stripColors(words).trim())
    }
    Object.assign(console, { [method]: write })
  }
}

/** Leaves out what colours a terminal (ECMA-48, SGR). */
function stripColors(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
  return text.replace(/\u001B\[[\d;]*m/g, '')
}
