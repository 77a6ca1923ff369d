import { createLogger } from '@tend/runtime/logger'
import { afterEach, expect, it } from 'vitest'
import { logConsole } from './log-console.ts'

const originals = { ...globalThis.console }
afterEach(() => void Object.assign(globalThis.console, originals))

it('makes a line of JSON of each call, with errors reduced like any other', () => {
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => lines.push(JSON.parse(line))
  logConsole(createLogger({ name: 'test', level: 'info' }, { write }))
  // biome-ignore lint/suspicious/noConsole: it is what is tested.
  console.log('\u001B[32m✓\u001B[39m Ready in', '90ms\nfor all')
  // biome-ignore lint/suspicious/noConsole: as above.
  console.error('⨯', Object.assign(new Error('broken'), { row: 'a secret' }))
  expect(lines).toMatchObject([
    { level: 'info', event: 'console', msg: '✓ Ready in 90ms\nfor all' },
    { level: 'error', event: 'console', msg: '⨯', err: { message: 'broken' } },
  ])
  expect(JSON.stringify(lines)).not.toContain('a secret')
})
