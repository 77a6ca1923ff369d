import { spawnSync } from 'node:child_process'
import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { createLogger, logEvent } from './logger.ts'

function setUp() {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { log: createLogger({ name: 'test', level: 'info' }, stream), lines }
}

it('writes an event as one JSON line with its name and its fields', () => {
  const { log, lines } = setUp()
  logEvent(log, 'auth.login.failed', {
    requestId: 'r-1',
    address: '192.0.2.7',
    reason: 'wrong password',
  })
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'warn',
    name: 'test',
    event: 'auth.login.failed',
    requestId: 'r-1',
    address: '192.0.2.7',
  })
})

it('blanks out secrets that slip into a line', () => {
  const { log, lines } = setUp()
  log.info(
    { password: 'hunter2', headers: { authorization: 'Bearer hunter2', cookie: 'hunter2' } },
    'oops',
  )
  expect(lines.join('')).not.toContain('hunter2')
})

it('keeps of an error its type, message, code and stack, and nothing it carries', () => {
  const { log, lines } = setUp()
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(ada@example.com)',
  })
  log.error({ err: error }, 'failed')
  expect(JSON.parse(lines[0] ?? '').err).toMatchObject({ message: 'duplicate key', code: '23505' })
  expect(lines.join('')).not.toContain('ada@example.com')
})

it('writes every line in order, also those of the last moment before the process ends', () => {
  const module = JSON.stringify(new URL('./logger.ts', import.meta.url).href)
  const script = `
    const { createLogger } = await import(${module})
    const log = createLogger({ name: 'test', level: 'info' })
    for (let n = 0; n < 500; n += 1) log.info({ n }, 'line')
    await new Promise((resolve) => setTimeout(resolve, 60))
    for (let n = 500; n < 1000; n += 1) log.info({ n }, 'line')
    process.exit(0)`
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script])
  expect(status).toBe(0)
  const numbers = String(stdout)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).n)
  expect(numbers).toEqual(Array.from({ length: 1_000 }, (_, index) => index))
})
