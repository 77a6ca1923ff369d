import { setTimeout as sleep } from 'node:timers/promises'
import { hashPassword } from '@tend/database/hash-password'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  goodPassword,
  newEmail,
  startTestAuthServer,
  type TestAuthServer,
} from './test-auth-server.ts'

// Nobody may learn from the time of an answer whether an address has an account (OWASP ASVS 5.0, 6.3.8).

vi.mock('@tend/database/hash-password', async (importOriginal) => {
  const real = await importOriginal<typeof import('@tend/database/hash-password')>()
  return { ...real, hashPassword: vi.fn(real.hashPassword) }
})

let server: TestAuthServer
beforeAll(async () => {
  server = await startTestAuthServer({ environment: { REQUIRE_EMAIL_VERIFICATION: 'true' } })
})
afterAll(() => server.close())

const post = (path: string, body: unknown) =>
  server.send(`/api/auth/${path}`, { method: 'POST', body })

const login = (email: string) => post('login', { email, password: 'a wrong parsnip' })

const register = (email: string) => post('register', { email, password: goodPassword })

/** Lets what an answer has left to be done come to an end. */
const settle = () => sleep(10)

/** Waits for the mail that an address gets in the end, which one that is registered always does. */
async function waitForMail(email: string): Promise<void> {
  await vi.waitFor(() => expect(server.mails.some(({ to }) => to === email)).toBe(true), {
    interval: 2,
  })
  server.mails.length = 0
  await settle()
}

type Ask = (email: string) => Promise<unknown>

/** The time of an answer. What it leaves to be done afterwards is over when this resolves. */
async function time(ask: Ask, email: string, afterwards: Ask): Promise<number> {
  const start = performance.now()
  await ask(email)
  const time = performance.now() - start
  await afterwards(email)
  return time
}

type Pair = { known: number; unknown: number }

/** Asks for an address with an account and for one without, in turn, each as if for the first time. */
async function measurePairs(ask: Ask, afterwards: Ask, count: number): Promise<Pair[]> {
  const account = newEmail()
  await register(account)
  await waitForMail(account)
  const pairs: Pair[] = []
  for (let i = 0; i < count; i += 1) {
    await server.database.deleteFrom('rate_limit').execute()
    const pair = { known: 0, unknown: 0 }
    if (i % 2 === 0) pair.known = await time(ask, account, afterwards)
    pair.unknown = await time(ask, newEmail(), afterwards)
    if (i % 2 === 1) pair.known = await time(ask, account, afterwards)
    pairs.push(pair)
  }
  return pairs
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** By how much of its time an unknown address is answered later; negative when it is earlier. */
function findDifference(pairs: Pair[]): number {
  // Within a pair, because other programs slow down both alike.
  const differences = pairs.map(({ known, unknown }) => unknown - known)
  return median(differences) / median(pairs.map(({ known }) => known))
}

/** Measures again while noise may be the reason: what a leak adds to each answer does not go away. */
async function expectSameTime(ask: Ask, afterwards: Ask): Promise<void> {
  const pairs: Pair[] = []
  let difference = 1
  for (let round = 0; round < 6 && Math.abs(difference) >= 0.1; round += 1) {
    pairs.push(...(await measurePairs(ask, afterwards, 40)))
    difference = findDifference(pairs)
  }
  expect(Math.abs(difference)).toBeLessThan(0.1)
}

const nothing: Ask = async () => {}

describe('an address with an account is answered in the same time as one without, within a tenth,', () => {
  it('when the password is wrong', { timeout: 60_000 }, () => expectSameTime(login, nothing))

  it('when a link for a new password is asked for', { timeout: 60_000 }, () =>
    expectSameTime((email) => post('forgot-password', { email }), settle),
  )

  it('when it is registered where addresses have to be confirmed', { timeout: 60_000 }, () =>
    expectSameTime(register, waitForMail),
  )

  it('and would not be if nothing was hashed for an unknown one', async () => {
    const hashed = vi.mocked(hashPassword)
    const pairs = await measurePairs(
      async (email) => {
        hashed.mockResolvedValue('')
        await login(email)
        hashed.mockReset()
      },
      nothing,
      16,
    )
    expect(findDifference(pairs)).toBeLessThan(-0.2)
  })
})
