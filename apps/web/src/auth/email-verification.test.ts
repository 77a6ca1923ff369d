import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import {
  goodPassword,
  newEmail,
  startTestAuthServer,
  type TestAuthServer,
} from './test-auth-server.ts'

let server: TestAuthServer
beforeAll(async () => {
  server = await startTestAuthServer({ environment: { REQUIRE_EMAIL_VERIFICATION: 'true' } })
})
afterAll(() => server.close())

const post = (path: string, body: unknown) =>
  server.send(`/api/auth/${path}`, { method: 'POST', body })

const registerOnly = (email: string) => post('register', { email, password: goodPassword })

async function readMail(to: string, kind: string) {
  const isWanted = (mail: { to: string; kind: string }) => mail.to === to && mail.kind === kind
  await vi.waitFor(() => expect(server.mails.some(isWanted)).toBe(true))
  return server.mails.findLast(isWanted)
}

async function confirm(email: string) {
  const mail = await readMail(email, 'verify-address')
  if (mail === undefined || !('token' in mail)) throw new Error('The mail has no link')
  const query = new URLSearchParams({ token: mail.token, callbackURL: '/login?email=confirmed' })
  return server.send(`/api/auth/verify-email?${query}`, { origin: null })
}

it('signs nobody in before the link from the mail was opened', async () => {
  const email = newEmail()
  const answer = await registerOnly(email)
  expect([answer.status, answer.text]).toEqual([202, ''])
  expect(answer.headers.getSetCookie()).toEqual([])
  await readMail(email, 'verify-address')
  const early = await post('login', { email, password: goodPassword })
  expect(early.body).toMatchObject({ code: 'EMAIL_NOT_VERIFIED', status: 403 })
  const opened = await confirm(email)
  expect(opened.headers.get('location')).toBe('/login?email=confirmed')
  expect((await post('login', { email, password: goodPassword })).status).toBe(200)
})

it('answers alike for an address that has an account, whose owner gets a mail', async () => {
  const email = newEmail()
  await registerOnly(email)
  await confirm(email)
  const known = await registerOnly(email)
  const unknown = await registerOnly(newEmail())
  expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
  expect([...known.headers]).toEqual([...unknown.headers])
  await readMail(email, 'already-registered')
  const wrong = { email, password: 'not the password' }
  expect((await post('login', wrong)).body).toMatchObject({ code: 'INVALID_CREDENTIALS' })
})

it('answers without a look at the accounts, so that its time cannot tell', async () => {
  const known = newEmail()
  await registerOnly(known)
  await readMail(known, 'verify-address')
  await server.database.transaction().execute(async (trx) => {
    // Whoever looks at the accounts waits until this ends.
    await sql`lock table "user", account, verification in access exclusive mode`.execute(trx)
    for (const email of [known, newEmail()]) {
      expect((await registerOnly(email)).status).toBe(202)
      expect((await post('forgot-password', { email })).status).toBe(202)
    }
  })
  await readMail(known, 'already-registered')
  await readMail(known, 'reset-password')
})

it('tells nothing about an account to who does not know its password', async () => {
  const email = newEmail()
  await registerOnly(email)
  await readMail(email, 'verify-address')
  const known = await post('login', { email, password: 'not the password' })
  const unknown = await post('login', { email: newEmail(), password: 'not the password' })
  expect({ ...known.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
})

it("cannot be got round by Better Auth's own endpoint", async () => {
  const body = { email: newEmail(), password: goodPassword, name: 'Ada' }
  expect((await post('sign-up/email', body)).status).toBe(404)
})

it('refuses passwords and bodies as ever', async () => {
  const answer = await post('register', { email: newEmail(), password: 'password123' })
  expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED' })
})
