import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { authResultSchema, sessionListSchema } from '@tend/contracts'
import { expect, it } from 'vitest'
import { startMailbox } from '../../../scripts/mailbox.ts'
import { type Call, callerAddress, createSecretCalls } from './call-with-secrets.ts'
import { readMailedLink } from './read-mailed-link.ts'
import type { App } from './run-app.ts'
import { setUpDatabase, setUpTend } from './set-up-tend.ts'

const mailbox = await startMailbox()
const database = await setUpDatabase()
const { tend } = await setUpTend({
  databaseUrl: database.url,
  settings: {
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: 'Tend <tend@example.org>',
    BETTER_AUTH_SECRET_PREVIOUS: randomBytes(32).toString('base64'),
    JWT_SECRET_PREVIOUS: randomBytes(32).toString('base64'),
  },
})
const { secrets, makeSecret, call } = createSecretCalls(tend.webUrl)
for (const [name, value] of Object.entries(tend.environment)) {
  if (name.includes('SECRET')) secrets.add(value)
}
secrets.add(new URL(database.url).password)

const auth = (method: string, path: string, given: Call = {}) =>
  call(tend.webUrl, method, `/api/auth/${path}`, given)
const tasks = (token: string, requestId?: string) =>
  call(tend.apiUrl, 'GET', '/api/tasks', { token, ...(requestId !== undefined && { requestId }) })

/** Writes bytes that are no request, with a secret in them. */
function sendRaw(url: string, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
    socket.setTimeout(5_000, () => socket.destroy())
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.resume()
  })
}

const readLines = ({ lines }: App): Record<string, unknown>[] =>
  lines.map((line) => JSON.parse(line))
const findLine = (app: App, event: string, requestId: string) =>
  readLines(app).find((line) => line.event === event && line.requestId === requestId)

it('holds no secret whatever happens, in lines of JSON alone, and an event for all that matters', async () => {
  const email = 'ada@example.org'
  const password = makeSecret('a rare parsnip')
  const second = makeSecret('another rare parsnip')
  const third = makeSecret('a third rare parsnip')

  const registered = await auth('POST', 'register', {
    body: { email, password },
    requestId: 'step-register',
  })
  expect(registered.status).toBe(201)
  const { user } = authResultSchema.parse(JSON.parse(registered.text))
  const elsewhere = await auth('POST', 'login', {
    body: { email, password },
    requestId: 'step-login',
  })
  const wrong = { email, password: makeSecret('a wrong parsnip') }
  await auth('POST', 'login', { body: wrong, requestId: 'step-wrong-login' })
  const { cookie } = registered
  const { accessToken } = await auth('POST', 'token', { cookie, requestId: 'step-token' })
  await auth('POST', 'token', { cookie, origin: 'https://evil.example', requestId: 'step-foreign' })
  await auth('GET', 'session', { requestId: 'step-nobody' })

  expect((await tasks(accessToken, 'step-tasks')).status).toBe(200)
  const [head = '', claims = '', signature = ''] = accessToken.split('.')
  const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
  for (const [i, token] of [
    makeSecret('no-token').replaceAll(' ', '-'),
    `${none}.${claims}.`,
    `${head}.${claims}.${signature.split('').reverse().join('')}`,
    accessToken.repeat(30),
  ].entries()) {
    expect((await tasks(token, `step-refused-${i}`)).status).toBe(401)
  }
  await call(tend.apiUrl, 'GET', `/api/tasks?access_token=${accessToken}`)

  const changed = await auth('POST', 'password', {
    cookie,
    body: { currentPassword: password, newPassword: second },
    requestId: 'step-password',
  })
  expect(changed.status).toBe(204)
  await expect
    .poll(async () => (await tasks(elsewhere.accessToken, 'step-ended')).status, { timeout: 5_000 })
    .toBe(401)

  await auth('POST', 'forgot-password', { body: { email } })
  const mailed = { to: email, subject: 'Set a new password' }
  const reset = await readMailedLink(mailbox.mailUrl, mailed)
  secrets.add(new URL(reset).searchParams.get('token') ?? reset)
  await fetch(reset, { headers: { 'x-forwarded-for': callerAddress } })
  const body = { token: new URL(reset).searchParams.get('token'), newPassword: third }
  expect((await auth('POST', 'password-reset', { body, requestId: 'step-reset' })).status).toBe(204)
  expect((await auth('POST', 'password-reset', { body })).status).toBe(410)

  const again = await auth('POST', 'login', { body: { email, password: third } })
  const other = await auth('POST', 'login', { body: { email, password: third } })
  const newEmail = 'ada@example.net'
  await auth('POST', 'email', { cookie: again.cookie, body: { newEmail, password: third } })
  const link = await readMailedLink(mailbox.mailUrl, {
    to: newEmail,
    subject: 'Confirm your new email address',
  })
  for (const part of new URL(link).searchParams.get('token')?.split('.').slice(1) ?? []) {
    secrets.add(part)
  }
  const path = link.slice(tend.webUrl.length)
  const followed = await call(tend.webUrl, 'GET', path, { requestId: 'step-email' })
  expect(followed.status).toBe(302)

  const listed = await auth('GET', 'sessions', { cookie: again.cookie })
  const { items } = sessionListSchema.parse(JSON.parse(listed.text))
  const ended = items.find(({ isCurrent }) => !isCurrent)
  const end = { cookie: again.cookie, requestId: 'step-end' }
  expect((await auth('DELETE', `sessions/${ended?.id}`, end)).status).toBe(204)
  expect((await auth('GET', 'session', { cookie: other.cookie })).status).toBe(401)
  expect((await auth('GET', 'account/export', { cookie: again.cookie })).status).toBe(200)

  await sendMalformed(again.cookie, again.accessToken)
  for (let i = 0; i < 12; i += 1) {
    await auth('POST', 'login', { body: wrong, requestId: `step-guess-${i}` })
  }
  const last = await auth('POST', 'login', {
    cookie: again.cookie,
    body: { email: newEmail, password: third },
  })
  await auth('POST', 'logout', { cookie: last.cookie, requestId: 'step-logout' })

  const eve = { email: 'eve@example.org', password: makeSecret('a fourth rare parsnip') }
  const joined = await auth('POST', 'register', { body: eve })
  await mailbox.stop()
  await auth('POST', 'forgot-password', { body: { email: eve.email } })
  await expect
    .poll(() => readLines(tend.web).some(({ event }) => event === 'mail.delayed'), {
      timeout: 15_000,
    })
    .toBe(true)
  const remove = { cookie: joined.cookie, body: { password: eve.password } }
  expect(
    (await auth('POST', 'account/delete', { ...remove, requestId: 'step-delete' })).status,
  ).toBe(204)
  await sleep(200)

  const where = { address: callerAddress, requestId: expect.any(String) }
  const who = { ...where, userId: user.id }
  const { web, api } = tend
  expect(findLine(web, 'auth.registered', 'step-register')).toMatchObject(who)
  expect(findLine(web, 'auth.token.issued', 'step-register')).toMatchObject(who)
  expect(findLine(web, 'auth.login.succeeded', 'step-login')).toMatchObject(who)
  expect(findLine(web, 'auth.login.failed', 'step-wrong-login')).toMatchObject({
    ...where,
    reason: 'INVALID_CREDENTIALS',
  })
  expect(findLine(web, 'auth.login.failed', 'step-guess-11')).toMatchObject({
    ...where,
    reason: 'RATE_LIMITED',
  })
  expect(findLine(web, 'auth.token.issued', 'step-token')).toMatchObject(who)
  expect(findLine(web, 'auth.token.refused', 'step-foreign')).toMatchObject({
    ...where,
    reason: 'ORIGIN_REFUSED',
  })
  expect(findLine(web, 'access.denied', 'step-nobody')).toMatchObject({
    ...where,
    reason: 'NO_SESSION',
  })
  expect(findLine(web, 'auth.password.changed', 'step-password')).toMatchObject(who)
  expect(findLine(web, 'auth.session.revoked', 'step-password')).toMatchObject(who)
  expect(findLine(web, 'auth.password.reset', 'step-reset')).toMatchObject(who)
  expect(findLine(web, 'auth.email.changed', 'step-email')).toMatchObject(who)
  expect(findLine(web, 'auth.session.revoked', 'step-end')).toMatchObject({
    ...who,
    sessionId: ended?.id,
    reason: 'ended_by_user',
  })
  expect(findLine(web, 'auth.logout', 'step-logout')).toMatchObject(who)
  expect(findLine(web, 'auth.account.deleted', 'step-delete')).toMatchObject(where)
  const refusals = ['bad_shape', 'bad_shape', 'bad_shape', 'too_long']
  for (const [i, reason] of refusals.entries()) {
    const refused = findLine(api, 'auth.token.refused', `step-refused-${i}`)
    expect(refused).toMatchObject({ ...where, reason: expect.stringMatching(/^[a-z_]+$/) })
    expect([reason, 'bad_signature', 'bad_header']).toContain(refused?.reason)
  }
  expect(findLine(api, 'auth.token.refused', 'step-ended')).toMatchObject({
    ...where,
    reason: 'session_ended',
  })

  for (const { lines, errors } of [web, api]) {
    expect(errors).toEqual([])
    const all = lines.join('\n')
    expect(secrets.size).toBeGreaterThan(30)
    for (const value of secrets) expect(all).not.toContain(value)
    for (const line of lines) expect(JSON.parse(line)).toBeTypeOf('object')
  }
})

/** Requests that break each server's rules in another place, all with something secret in them. */
async function sendMalformed(cookie: string, token: string): Promise<void> {
  const password = makeSecret('a broken parsnip')
  for (const body of [
    `{"email":"ada@example.org","password":"${password}"`,
    JSON.stringify({ email: 'ada@example.org', password, extra: password }),
    JSON.stringify({ email: password, password }),
    JSON.stringify([password]),
  ]) {
    expect((await auth('POST', 'login', { body, cookie })).status).toBeGreaterThanOrEqual(400)
    const given = { body, token, cookie }
    const refused = await call(tend.apiUrl, 'POST', '/api/tasks', given)
    expect(refused.status).toBeGreaterThanOrEqual(400)
  }
  const query = `?token=${encodeURIComponent(password)}`
  await call(tend.webUrl, 'GET', `/api/auth/verify-email${query}`)
  await call(tend.webUrl, 'GET', `/reset-password${query}`)
  await call(tend.webUrl, 'GET', `/no-such-page${query}`)
  await call(tend.apiUrl, 'GET', `/no-such-path${query}`, { token })
  const secretHeader = password.replaceAll(' ', '-')
  secrets.add(secretHeader)
  for (const url of [tend.webUrl, tend.apiUrl]) {
    await sendRaw(url, `NONSENSE ${secretHeader}\r\n\r\n`)
    await sendRaw(
      url,
      `GET /%ff?token=${secretHeader} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    )
    await sendRaw(url, `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${secretHeader.repeat(2_000)}\r\n\r\n`)
  }
}
