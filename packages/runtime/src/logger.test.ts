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
