import { expect, it } from 'vitest'
import { hashPassword, PasswordQueueFullError, verifyPassword } from './hash-password.ts'

const password = 'correct-horse-battery'

it('hashes by argon2id with 19 MiB, two passes and one lane, with a salt each time', async () => {
  const hashes = await Promise.all([hashPassword(password), hashPassword(password)])
  for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(hashes[0]).not.toBe(hashes[1])
})

it('accepts the password it hashed and no other', async () => {
  const hash = await hashPassword(password)
  expect(await verifyPassword({ hash, password })).toBe(true)
  for (const wrong of [
    '',
    'correct-horse-batter',
    'Correct-horse-battery',
    `${password} `,
    `${password}\0`,
  ]) {
    expect(await verifyPassword({ hash, password: wrong })).toBe(false)
  }
})

it('takes the same characters for the same, however a keyboard composes them', async () => {
  const hash = await hashPassword('cafe\u0301-cre\u0300me')
  expect(await verifyPassword({ hash, password: 'caf\u00e9-cr\u00e8me' })).toBe(true)
})

it.each([
  '',
  'plain',
  '$argon2id$',
  '$2b$10$abcdefghijklmnopqrstuv',
  '$argon2id$v=19$m=19456,t=2,p=1$!$!',
  '\0',
])('refuses the malformed hash "%s" without an error', async (hash) => {
  expect(await verifyPassword({ hash, password })).toBe(false)
})

it('goes on after a failure, and in a storm leaves the event loop free', async () => {
  const hash = await hashPassword(password)
  let turns = 0
  const clock = setInterval(() => {
    turns += 1
  }, 5)
  const before = process.memoryUsage().rss
  const attempts = Array.from({ length: 60 }, (_, index) =>
    verifyPassword({ hash: index % 3 ? hash : 'malformed', password }),
  )
  const results = await Promise.all(attempts)
  clearInterval(clock)
  expect(results).toEqual(Array.from({ length: 60 }, (_, index) => index % 3 !== 0))
  expect(turns).toBeGreaterThan(10)
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
})

it('turns away who would wait for seconds, and goes on with the others', async () => {
  const hash = await hashPassword(password)
  const attempts = Array.from({ length: 1_000 }, () => verifyPassword({ hash, password }))
  const outcomes = await Promise.allSettled(attempts)
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  for (const { reason } of refused) expect(reason).toBeInstanceOf(PasswordQueueFullError)
  expect(outcomes.length - refused.length).toBeGreaterThan(200)
  expect(await verifyPassword({ hash, password })).toBe(true)
})
