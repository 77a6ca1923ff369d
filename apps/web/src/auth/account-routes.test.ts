import { setTimeout as sleep } from 'node:timers/promises'
import {
  accountExportSchema,
  PROBLEM_MEDIA_TYPE,
  type ProblemCode,
  problemSchema,
  problems,
  sessionListSchema,
  userSchema,
} from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Mail } from '../mail/write-mail.ts'
import {
  goodPassword,
  newEmail,
  startTestAuthServer,
  type TestAnswer,
  type TestAuthServer,
  type TestRequest,
} from './test-auth-server.ts'

let server: TestAuthServer
beforeAll(async () => {
  server = await startTestAuthServer()
})
afterAll(() => server.close())

const send = (method: string, path: string, body?: unknown, more: TestRequest = {}) =>
  server.send(`/api/auth/${path}`, { method, body, ...more })

const anotherPassword = 'another rare parsnip'

const login = (email: string, password: string, more: TestRequest = {}) =>
  send('POST', 'login', { email, password }, more)

const isSignedIn = async (cookie: string) =>
  (await server.send('/api/auth/session', { cookie })).status === 200

function expectProblem(answer: TestAnswer, code: ProblemCode): void {
  expect(problemSchema.strict().parse(answer.body)).toMatchObject({ code })
  expect(answer.status).toBe(problems[code].status)
  expect(answer.headers.get('content-type')).toBe(PROBLEM_MEDIA_TYPE)
}

const readSessions = async (cookie: string) =>
  sessionListSchema.strict().parse((await send('GET', 'sessions', undefined, { cookie })).body)
    .items

/** The mails to somebody; waits for the first, because they are sent after the answer. */
async function readMails<Kind extends Mail['kind']>(to: string, kind: Kind) {
  const isWanted = (mail: Mail): mail is Extract<Mail, { kind: Kind }> =>
    mail.to === to && mail.kind === kind
  await vi.waitFor(() => expect(server.mails.some(isWanted)).toBe(true))
  return server.mails.filter(isWanted)
}

async function askForLink(email: string): Promise<string> {
  const answer = await send('POST', 'forgot-password', { email })
  expect(answer.status).toBe(202)
  const mails = await readMails(email, 'reset-password')
  return mails.at(-1)?.token ?? ''
}

const asked: [method: string, path: string, body?: unknown][] = [
  ['PATCH', 'profile', { name: 'Ada' }],
  ['POST', 'password', { currentPassword: goodPassword, newPassword: anotherPassword }],
  ['POST', 'email', { newEmail: 'new@example.org', password: goodPassword }],
  ['DELETE', 'sessions/6f1f2c9e-96a5-4a4e-9a4c-0a6d4f0f6a11'],
  ['DELETE', 'sessions'],
  ['POST', 'account/delete', { password: goodPassword }],
]

describe('every account route', () => {
  it.each(asked)('%s %s refuses another site before it looks for a session', async (...route) => {
    const [method, path, body] = route
    const { cookie } = await server.register()
    for (const origin of ['https://evil.example', 'null', null]) {
      expectProblem(await send(method, path, body, { cookie, origin }), 'ORIGIN_REFUSED')
      expectProblem(await send(method, path, body, { origin }), 'ORIGIN_REFUSED')
    }
    expect(await isSignedIn(cookie)).toBe(true)
  })

  it.each([...asked, ['GET', 'sessions'], ['GET', 'account/export']] as typeof asked)(
    '%s %s is for somebody signed in',
    async (...route) => expectProblem(await send(...route), 'NO_SESSION'),
  )

  it.each(asked.filter(([, , body]) => body))('%s %s takes exactly its keys', async (...route) => {
    const [method, path, body] = route
    const { cookie } = await server.register()
    expectProblem(
      await send(method, path, { ...Object(body), x: 1 }, { cookie }),
      'VALIDATION_FAILED',
    )
    expectProblem(await send(method, path, {}, { cookie }), 'VALIDATION_FAILED')
  })

  it('answers another method with what it takes', async () => {
    const answer = await send('PUT', 'sessions')
    expectProblem(answer, 'METHOD_NOT_ALLOWED')
    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS')
  })
})

describe('PATCH /api/auth/profile', () => {
  it('changes the name and nothing else', async () => {
    const { email, cookie } = await server.register()
    const answer = await send('PATCH', 'profile', { name: ' Ada ' }, { cookie })
    expect(answer.status).toBe(200)
    expect(userSchema.strict().parse(answer.body)).toMatchObject({ name: 'Ada', email })
  })
})

describe('POST /api/auth/password', () => {
  const change = (cookie: string, currentPassword: string, newPassword: string) =>
    send('POST', 'password', { currentPassword, newPassword }, { cookie })

  it('sets the new password, ends all other sessions and the old cookie, and says so by mail', async () => {
    const { email, password, cookie } = await server.register()
    const elsewhere = (await login(email, password)).cookie
    const answer = await change(cookie, password, anotherPassword)
    expect(answer.status).toBe(204)
    expect(await isSignedIn(elsewhere)).toBe(false)
    expect(await isSignedIn(cookie)).toBe(false)
    expect(await isSignedIn(answer.cookie)).toBe(true)
    expectProblem(await login(email, password), 'INVALID_CREDENTIALS')
    expect((await login(email, anotherPassword)).status).toBe(200)
    expect(await readMails(email, 'password-changed')).toHaveLength(1)
  })

  it('asks for the old password, and not more than 10 times', async () => {
    const { email, password, cookie } = await server.register()
    for (let i = 0; i < 10; i += 1) {
      expectProblem(await change(cookie, 'a wrong parsnip', anotherPassword), 'INVALID_CREDENTIALS')
    }
    expectProblem(await change(cookie, password, anotherPassword), 'RATE_LIMITED')
    expect((await login(email, password)).status).toBe(200)
  })

  it.each(['password123', 'parsnip', 'ab '.repeat(43)])('refuses %j', async (newPassword) => {
    const { password, cookie } = await server.register()
    expectProblem(await change(cookie, password, newPassword), 'VALIDATION_FAILED')
  })

  it('refuses a password made of the email, by every way', async () => {
    const { email, password, cookie } = await server.register()
    for (const bad of [email, `my ${email.toUpperCase()}`, `${email.split('@')[0]}1!`]) {
      expectProblem(await change(cookie, password, bad), 'VALIDATION_FAILED')
      const token = await askForLink(email)
      expectProblem(
        await send('POST', 'password-reset', { token, newPassword: bad }),
        'VALIDATION_FAILED',
      )
    }
    const fresh = newEmail()
    expectProblem(
      await send('POST', 'register', { email: fresh, password: `${fresh}!` }),
      'VALIDATION_FAILED',
    )
  })

  it("ends the other sessions through Better Auth's own endpoint as well", async () => {
    const { email, password, cookie } = await server.register()
    const elsewhere = (await login(email, password)).cookie
    const body = {
      currentPassword: password,
      newPassword: anotherPassword,
      revokeOtherSessions: false,
    }
    expect((await send('POST', 'change-password', body, { cookie })).status).toBe(200)
    expect(await isSignedIn(elsewhere)).toBe(false)
  })
})

describe('a forgotten password', () => {
  it('is replaced with the link from the mail, once, and everything else ends', async () => {
    const { email, password, cookie } = await server.register()
    const token = await askForLink(email)
    const reset = () =>
      send('POST', 'password-reset', { token, newPassword: anotherPassword }, { origin: null })
    const answer = await reset()
    expect(answer.status).toBe(204)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await isSignedIn(cookie)).toBe(false)
    expectProblem(await login(email, password), 'INVALID_CREDENTIALS')
    expect((await login(email, anotherPassword)).status).toBe(200)
    expectProblem(await reset(), 'LINK_EXPIRED')
    expect(await readMails(email, 'password-changed')).toHaveLength(1)
  })

  it('is replaced by one of many uses of the link at the same moment', async () => {
    const { email } = await server.register()
    const token = await askForLink(email)
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        send('POST', 'password-reset', { token, newPassword: `${anotherPassword} ${i}` }),
      ),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([204, 410, 410, 410, 410, 410])
  })

  it('has a link that lives an hour', async () => {
    const { email } = await server.register()
    const token = await askForLink(email)
    const past = new Date(Date.now() - 1000)
    const rows = await server.database
      .updateTable('verification')
      .set({ expires_at: past })
      .where('expires_at', '>', new Date(Date.now() + 3_590_000))
      .where('expires_at', '<', new Date(Date.now() + 3_601_000))
      .executeTakeFirst()
    expect(Number(rows.numUpdatedRows)).toBeGreaterThan(0)
    const body = { token, newPassword: anotherPassword }
    expectProblem(await send('POST', 'password-reset', body), 'LINK_EXPIRED')
  })

  it('has a link that nobody finds in the database', async () => {
    const { email } = await server.register()
    const token = await askForLink(email)
    const rows = await server.database.selectFrom('verification').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('has links that a new password ends, whichever way it is set', async () => {
    const { email, password, cookie } = await server.register()
    const token = await askForLink(email)
    const body = { currentPassword: password, newPassword: anotherPassword }
    expect((await send('POST', 'password', body, { cookie })).status).toBe(204)
    const reset = { token, newPassword: 'a third rare parsnip' }
    expectProblem(await send('POST', 'password-reset', reset), 'LINK_EXPIRED')
  })

  it('is answered alike for an unknown address, where no mail goes', async () => {
    const email = newEmail()
    const known = await server.register()
    const answers = [
      await send('POST', 'forgot-password', { email }),
      await send('POST', 'forgot-password', { email: known.email }),
    ]
    await readMails(known.email, 'reset-password')
    await sleep(100)
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [202, ''],
      [202, ''],
    ])
    expect(server.mails.filter(({ to }) => to === email)).toEqual([])
  })

  it('sends 5 mails an hour to one address, and is refused alike for unknown ones', async () => {
    const { email } = await server.register()
    for (const address of [email, newEmail()]) {
      const statuses: number[] = []
      for (let i = 0; i < 7; i += 1) {
        statuses.push((await send('POST', 'forgot-password', { email: address })).status)
      }
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429])
    }
  })

  it('cannot be asked for around the limit', async () => {
    const body = { email: newEmail() }
    expectProblem(await send('POST', 'request-password-reset', body), 'NOT_FOUND')
  })

  it('is refused with a token that no database can look up', async () => {
    const body = { token: 'a\0b', newPassword: anotherPassword }
    expectProblem(await send('POST', 'password-reset', body), 'VALIDATION_FAILED')
  })

  it.each(['x', 'x'.repeat(256), '../../x', '{}'])('has no link %j', async (token) => {
    const body = { token, newPassword: anotherPassword }
    expectProblem(await send('POST', 'password-reset', body), 'LINK_EXPIRED')
  })
})

describe('POST /api/auth/email', () => {
  const change = (cookie: string, newEmailAddress: string, password = goodPassword) =>
    send('POST', 'email', { newEmail: newEmailAddress, password }, { cookie })

  const open = (token: string, cookie = '') =>
    server.send(
      `/api/auth/verify-email?token=${encodeURIComponent(token)}&callbackURL=%2Fsettings`,
      { cookie, origin: null },
    )

  it('changes the address when the link in the mail to it is opened, and tells the old one', async () => {
    const { email, password, cookie } = await server.register()
    const next = newEmail()
    expect((await change(cookie, next)).status).toBe(202)
    expect((await login(email, password)).status).toBe(200)
    await readMails(email, 'address-change-asked')
    const [mail] = await readMails(next, 'confirm-new-address')
    const answer = await open(mail?.token ?? '')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('/settings')
    expectProblem(await login(email, password), 'INVALID_CREDENTIALS')
    expect((await login(next, password)).status).toBe(200)
    expect(await readMails(email, 'address-changed')).toHaveLength(1)
  })

  it('asks for the password', async () => {
    const { cookie } = await server.register()
    expectProblem(await change(cookie, newEmail(), 'a wrong parsnip'), 'INVALID_CREDENTIALS')
  })

  it('refuses the address one has already', async () => {
    const { email, cookie } = await server.register()
    expectProblem(await change(cookie, email), 'VALIDATION_FAILED')
  })

  it('does not tell that an address has an account', async () => {
    const [ada, bob] = [await server.register(), await server.register()]
    const answer = await change(ada.cookie, bob.email)
    expect([answer.status, answer.text]).toEqual([202, ''])
    await readMails(ada.email, 'address-change-asked')
    expect(server.mails.filter(({ to }) => to === bob.email)).toEqual([])
  })

  it("cannot be got round by Better Auth's own endpoint, which asks no password", async () => {
    const { email, password, cookie } = await server.register()
    const answer = await send('POST', 'change-email', { newEmail: newEmail() }, { cookie })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect((await login(email, password)).status).toBe(200)
  })

  it('says on a page of its own that somebody else has registered the address meanwhile', async () => {
    const { email, password, cookie } = await server.register()
    const next = newEmail()
    await change(cookie, next)
    const [mail] = await readMails(next, 'confirm-new-address')
    await send('POST', 'register', { email: next, password: anotherPassword })
    const answer = await open(mail?.token ?? '', cookie)
    expect([answer.status, answer.text]).toEqual([302, ''])
    expect(answer.headers.get('location')).toBe('/settings?error=EMAIL_TAKEN')
    expect((await login(email, password)).status).toBe(200)
    expect((await login(next, anotherPassword)).status).toBe(200)
  })

  it('leads to no other site when its link fails', async () => {
    for (const page of ['https://evil.example', '//evil.example', '/\\evil.example', 'settings']) {
      const query = new URLSearchParams({ token: 'x', callbackURL: page })
      const answer = await server.send(`/api/auth/verify-email?${query}`, { origin: null })
      expect(answer.headers.get('location') ?? '/').not.toMatch(/evil|^settings/)
    }
  })

  it('has a link that changes nothing when it is forged', async () => {
    const { email, password, cookie } = await server.register()
    const next = newEmail()
    await change(cookie, next)
    const [mail] = await readMails(next, 'confirm-new-address')
    const [head = '', payload = '', signature = ''] = (mail?.token ?? '').split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const forged = Buffer.from(JSON.stringify({ ...claims, updateTo: newEmail() }))
    const answer = await open(`${head}.${forged.toString('base64url')}.${signature}`)
    expect(answer.headers.get('location')).toBe('/settings?error=LINK_EXPIRED')
    expect((await login(email, password)).status).toBe(200)
  })

  it.each(['password', 'password-reset'])(
    'has a link that a new password by %s ends',
    async (route) => {
      const { email, password, cookie } = await server.register()
      const stolen = newEmail()
      await change(cookie, stolen)
      const [mail] = await readMails(stolen, 'confirm-new-address')
      const body =
        route === 'password'
          ? { currentPassword: password, newPassword: anotherPassword }
          : { token: await askForLink(email), newPassword: anotherPassword }
      expect((await send('POST', route, body, { cookie })).status).toBe(204)
      const answer = await open(mail?.token ?? '')
      expect(answer.headers.get('location')).toBe('/settings?error=LINK_EXPIRED')
      expect((await login(email, anotherPassword)).status).toBe(200)
    },
  )

  it('has a link that the next one takes the place of', async () => {
    const { password, cookie } = await server.register()
    const [mistyped, meant] = [newEmail(), newEmail()]
    await change(cookie, mistyped)
    await change(cookie, meant)
    const [first] = await readMails(mistyped, 'confirm-new-address')
    const [second] = await readMails(meant, 'confirm-new-address')
    const answer = await open(first?.token ?? '')
    expect(answer.headers.get('location')).toBe('/settings?error=LINK_EXPIRED')
    expect((await open(second?.token ?? '')).headers.get('location')).toBe('/settings')
    expect((await login(meant, password)).status).toBe(200)
  })
})

describe('sessions', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

  it('are listed with device, address and last use, without any token', async () => {
    const { email, password, cookie } = await server.register()
    const where = { address: '198.51.100.77', headers: { 'user-agent': firefox } }
    const elsewhere = await login(email, password, where)
    const items = await readSessions(cookie)
    expect(items).toHaveLength(2)
    expect(items.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true])
    const other = items.find(({ isCurrent }) => !isCurrent)
    expect(other).toMatchObject({ device: 'Firefox on Linux', address: '198.51.100.77' })
    const answer = await send('GET', 'sessions', undefined, { cookie })
    for (const one of [cookie, elsewhere.cookie]) {
      expect(answer.text).not.toContain(one.split('=')[1]?.split('.')[0])
    }
  })

  it('leave out those that have run out, and come latest used first', async () => {
    const { email, password, cookie } = await server.register()
    for (let i = 0; i < 3; i += 1) await login(email, password)
    const [, second, third] = await readSessions(cookie)
    const sessions = server.database.updateTable('session')
    const past = new Date(Date.now() - 60_000)
    await sessions
      .set({ expires_at: past })
      .where('id', '=', second?.id ?? '')
      .execute()
    const future = new Date(Date.now() + 60_000)
    await sessions
      .set({ updated_at: future })
      .where('id', '=', third?.id ?? '')
      .execute()
    const items = await readSessions(cookie)
    expect(items).toHaveLength(3)
    expect(items[0]?.id).toBe(third?.id)
    const uses = items.map(({ lastUsedAt }) => lastUsedAt)
    expect(uses).toEqual([...uses].sort().reverse())
  })

  it('tell their last use to five minutes, and are written no more often', async () => {
    const { cookie } = await server.register()
    const use = async () => {
      expect((await send('POST', 'token', undefined, { cookie })).status).toBe(200)
      const [session] = await readSessions(cookie)
      return Date.parse(session?.lastUsedAt ?? '')
    }
    const age = (minutes: number) =>
      server.database
        .updateTable('session')
        .set({
          updated_at: sql<Date>`updated_at - make_interval(mins => ${minutes})`,
          expires_at: sql<Date>`expires_at - make_interval(mins => ${minutes})`,
        })
        .execute()
    const first = await use()
    await age(4)
    expect(await use()).toBe(first - 4 * 60_000)
    await age(1)
    expect(await use()).toBeGreaterThanOrEqual(first)
  })

  it('end one by one, and by nobody else', async () => {
    const { email, password, cookie } = await server.register()
    const elsewhere = (await login(email, password)).cookie
    const other = (await readSessions(cookie)).find(({ isCurrent }) => !isCurrent)
    const stranger = await server.register()
    const end = (id: string | undefined, by: string) =>
      send('DELETE', `sessions/${id}`, undefined, { cookie: by })
    const refused = await end(other?.id, stranger.cookie)
    expectProblem(refused, 'SESSION_NOT_FOUND')
    const missing = await end('6f1f2c9e-96a5-4a4e-9a4c-0a6d4f0f6a11', stranger.cookie)
    expect({ ...missing.body, requestId: '' }).toEqual({ ...refused.body, requestId: '' })
    expect(await isSignedIn(elsewhere)).toBe(true)
    expect((await end(other?.id, cookie)).status).toBe(204)
    expect(await isSignedIn(elsewhere)).toBe(false)
    expect(await isSignedIn(cookie)).toBe(true)
    expectProblem(await end(other?.id, cookie), 'SESSION_NOT_FOUND')
    expectProblem(await end('x', cookie), 'VALIDATION_FAILED')
  })

  it('end with the cookie when it is one’s own', async () => {
    const { cookie } = await server.register()
    const [own] = await readSessions(cookie)
    const answer = await send('DELETE', `sessions/${own?.id}`, undefined, { cookie })
    expect(answer.status).toBe(204)
    expect(answer.headers.getSetCookie().join()).toMatch(/Max-Age=0/i)
    expect(await isSignedIn(cookie)).toBe(false)
  })

  it('end all at once but this one', async () => {
    const { email, password, cookie } = await server.register()
    const others = [await login(email, password), await login(email, password)]
    expect((await send('DELETE', 'sessions', undefined, { cookie })).status).toBe(204)
    for (const other of others) expect(await isSignedIn(other.cookie)).toBe(false)
    expect(await isSignedIn(cookie)).toBe(true)
  })
})

describe('the account', () => {
  async function addTask(cookie: string, title: string): Promise<string> {
    const answer = await server.send('/api/auth/session', { cookie })
    const { id } = userSchema.parse(answer.body.user)
    const now = new Date()
    const task = { id: '019ab0c2-7e5a-7c3e-8d1f-0123456789ab', title, description: null }
    await forUser(server.database, id)
      .insertInto('task')
      .values({ user_id: id, ...task, created_at: now, updated_at: now })
      .execute()
    return id
  }

  it('is exported whole, with sessions and tasks, and with nobody else’s', async () => {
    const [ada, bob] = [await server.register(), await server.register()]
    await addTask(ada.cookie, 'Water the plants')
    await addTask(bob.cookie, 'The secret of Bob')
    const answer = await send('GET', 'account/export', undefined, { cookie: ada.cookie })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="tend-.*json"$/,
    )
    const all = accountExportSchema.strict().parse(answer.body)
    expect(all.user.email).toBe(ada.email)
    expect(all.sessions).toHaveLength(1)
    expect(all.tasks.map(({ title }) => title)).toEqual(['Water the plants'])
    expect(answer.text).not.toContain('secret')
  })

  it('is deleted with its sessions and tasks, for the right password alone', async () => {
    const { email, password, cookie } = await server.register()
    const elsewhere = (await login(email, password)).cookie
    const id = await addTask(cookie, 'Water the plants')
    const remove = (given: string) =>
      send('POST', 'account/delete', { password: given }, { cookie })
    expectProblem(await remove('a wrong parsnip'), 'INVALID_CREDENTIALS')
    expect(await isSignedIn(cookie)).toBe(true)
    const before = await server.database.selectFrom('ended_session').selectAll().execute()
    const answer = await remove(password)
    expect(answer.status).toBe(204)
    expect(answer.headers.getSetCookie().join()).toMatch(/Max-Age=0/i)
    expect(await isSignedIn(cookie)).toBe(false)
    expect(await isSignedIn(elsewhere)).toBe(false)
    const tasks = await forUser(server.database, id).selectFrom('task').select('id').execute()
    expect(tasks).toEqual([])
    const after = await server.database.selectFrom('ended_session').selectAll().execute()
    expect(after).toHaveLength(before.length + 2)
    const again = await send('POST', 'register', { email, password })
    expect(again.status).toBe(201)
  })

  it("cannot be deleted by Better Auth's own endpoint, which asks no password", async () => {
    const { email, password, cookie } = await server.register()
    const answer = await send('POST', 'delete-user', {}, { cookie })
    expectProblem(answer, 'NOT_FOUND')
    expect((await login(email, password)).status).toBe(200)
  })
})
