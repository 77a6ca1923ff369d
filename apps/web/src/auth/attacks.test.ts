import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  goodPassword,
  newEmail,
  startTestAuthServer,
  type TestAuthServer,
  type TestRequest,
} from './test-auth-server.ts'

let server: TestAuthServer
beforeAll(async () => {
  server = await startTestAuthServer()
})
afterAll(() => server.close())

const post = (path: string, body?: unknown, more: TestRequest = {}) =>
  server.send(`/api/auth/${path}`, { method: 'POST', body, ...more })

const login = (email: string, password: string, more: TestRequest = {}) =>
  post('login', { email, password }, more)

const pairOf = (cookie: string, name: string) =>
  cookie.split('; ').find((pair) => pair.startsWith(`tend.${name}=`)) ?? ''
const sessionOf = (cookie: string) => pairOf(cookie, 'session_token')
/** What stays in a browser when the session has ended. */
const deviceOf = (cookie: string) => pairOf(cookie, 'device')

const isSignedIn = async (cookie: string) =>
  (await server.send('/api/auth/session', { cookie })).status === 200

describe('the session cookie', () => {
  it('is out of reach of scripts and of other sites, and holds for the whole site', async () => {
    const answer = await post('register', { email: newEmail(), password: goodPassword })
    const [line = ''] = answer.headers.getSetCookie()
    const [pair = '', ...attributes] = line.split('; ')
    expect(pair).toMatch(/^tend\.session_token=/)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax'])
  })

  it('goes over https alone where the site has https, under a name that browsers hold to that', async () => {
    const secure = await startTestAuthServer({ site: 'https://tend.example' })
    const body = { email: newEmail(), password: goodPassword }
    const answer = await secure.send('/api/auth/register', { method: 'POST', body })
    const [line = ''] = answer.headers.getSetCookie()
    expect(line).toMatch(/^__Host-tend\.session_token=/)
    expect(line.split('; ')).toEqual(
      expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']),
    )
    expect(line).not.toMatch(/domain/i)
    const { cookie } = answer
    expect((await secure.send('/api/auth/session', { cookie })).status).toBe(200)
    const end = await secure.send('/api/auth/logout', { method: 'POST', cookie })
    expect(end.headers.getSetCookie().join()).toMatch(
      /^__Host-tend\.session_token=;.*Max-Age=0;.*Secure/i,
    )
    const bare = cookie.replaceAll('__Host-', '')
    expect((await secure.send('/api/auth/session', { cookie: bare })).status).toBe(401)
    await secure.close()
  })

  it('holds 32 random characters', async () => {
    const cookies = [await server.register(), await server.register()].map(({ cookie }) => cookie)
    const tokens = cookies.map((cookie) => /=(\w+)\./.exec(cookie)?.[1])
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9]{32}$/)
    expect(new Set(tokens).size).toBe(2)
  })

  it('changes at every login, and an older one the browser brings along ends with it', async () => {
    const person = await server.register()
    const { cookie } = await login(person.email, person.password, { cookie: person.cookie })
    expect(cookie).not.toBe(person.cookie)
    expect(await isSignedIn(cookie)).toBe(true)
    expect(await isSignedIn(person.cookie)).toBe(false)
  })

  it('cannot be chosen by somebody else before the login', async () => {
    const person = await server.register()
    const planted = 'tend.session_token=planted.c2lnbmF0dXJl'
    const { cookie } = await login(person.email, person.password, { cookie: planted })
    expect(cookie).not.toContain('planted')
    expect(await isSignedIn(planted)).toBe(false)
  })

  it('ends nobody else their session when it is planted into a login', async () => {
    const victim = await server.register()
    const token = victim.cookie.split('=')[1]?.split('.')[0] ?? ''
    const forged = `tend.session_token=${token}.${'A'.repeat(43)}%3D`
    const attacker = await server.register()
    await login(attacker.email, attacker.password, { cookie: forged })
    expect(await isSignedIn(victim.cookie)).toBe(true)
  })

  it.each<[string, (cookie: string) => string]>([
    ['without its signature', (cookie) => cookie.split('.').slice(0, 2).join('.')],
    ['with another signature', (cookie) => sessionOf(cookie).replace(/.{8}$/, 'AAAAA%3D')],
    [
      'with what a known device has',
      (cookie) => deviceOf(cookie).replace('device', 'session_token'),
    ],
    [
      'with a changed token',
      (cookie) => cookie.replace(/=(.)/, (_, first) => `=${first === 'a' ? 'b' : 'a'}`),
    ],
    ['twice, first a wrong one', (cookie) => `tend.session_token=x.y; ${sessionOf(cookie)}x`],
    ['as broken percent code', () => 'tend.session_token=%E0%A4%A'],
    ['empty', () => 'tend.session_token='],
    ['very long', () => `tend.session_token=${'a'.repeat(8000)}.${'b'.repeat(4000)}`],
    ['with NUL', () => 'tend.session_token=a%00b.c'],
    ['under the prototype name', () => '__proto__=x; constructor=y'],
  ])('%s signs nobody in', async (_name, change) => {
    const { cookie } = await server.register()
    const answer = await server.send('/api/auth/session', { cookie: change(cookie) })
    expect(answer.status).toBe(401)
  })

  it('of a deleted person signs nobody in', async () => {
    const { email, cookie } = await server.register()
    await server.database.deleteFrom('user').where('email', '=', email).execute()
    expect(await isSignedIn(cookie)).toBe(false)
  })
})

describe('a request from another site', () => {
  const foreign = [
    'https://evil.example',
    'http://localhost:3001',
    'https://localhost:3000',
    'http://localhost',
    'http://127.0.0.1:3000',
    'http://localhost:3000.evil.example',
    'http://evil.example/http://localhost:3000',
    'http://localhost:3000/',
    'HTTP://LOCALHOST:3000',
    'null',
    'file://',
    '',
  ]

  it.each(foreign)(
    'with the Origin %j gets no token, registers, signs in and out nobody',
    async (origin) => {
      const { email, cookie } = await server.register()
      for (const [path, body] of [
        ['token', undefined],
        ['logout', undefined],
        ['login', { email, password: goodPassword }],
        ['register', { email: newEmail(), password: goodPassword }],
      ] as const) {
        const answer = await post(path, body, { cookie, origin })
        expect(answer.body).toMatchObject({ code: 'ORIGIN_REFUSED', status: 403 })
        expect(answer.headers.getSetCookie()).toEqual([])
      }
      expect(await isSignedIn(cookie)).toBe(true)
    },
  )

  it('is refused before anybody looks for a session or reads its body', async () => {
    const origin = 'https://evil.example'
    expect((await post('token', undefined, { origin })).status).toBe(403)
    expect((await post('login', '{', { origin })).status).toBe(403)
  })

  it('gets no token without an Origin either, with a session or without', async () => {
    const { cookie } = await server.register()
    expect((await post('token', undefined, { cookie, origin: null })).status).toBe(403)
    expect((await post('token', undefined, { origin: null })).status).toBe(403)
  })

  it.each([
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-site': 'same-origin' },
    { referer: 'https://evil.example/' },
    { referer: 'http://localhost:3000/' },
  ])('with %j and no Origin is a browser that hides it, and is refused', async (headers) => {
    const { email, cookie } = await server.register()
    const answer = await login(email, goodPassword, { cookie, origin: null, headers })
    expect(answer.status).toBe(403)
  })

  it('cannot use the endpoints of Better Auth with the cookie either', async () => {
    const { cookie } = await server.register()
    for (const path of ['sign-out', 'revoke-sessions', 'update-user', 'change-password']) {
      for (const origin of ['https://evil.example', 'null', null]) {
        const answer = await post(path, { name: 'x' }, { cookie, origin })
        expect(answer.body).toMatchObject({ code: 'ORIGIN_REFUSED' })
      }
    }
    expect(await isSignedIn(cookie)).toBe(true)
  })

  it('gets no permission to read an answer', async () => {
    const { cookie } = await server.register()
    const answer = await server.send('/api/auth/session', {
      cookie,
      origin: 'https://evil.example',
    })
    const names = [...answer.headers.keys()]
    expect(names.filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('guessing passwords', () => {
  it('ends after 10 tries for one account, from however many addresses, at once or one by one', async () => {
    const { email, password } = await server.register()
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => login(email, 'a wrong parsnip')),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(15)
    for (const answer of refused) {
      expect(answer.body.code).toBe('RATE_LIMITED')
      const seconds = Number(answer.headers.get('retry-after'))
      expect(seconds).toBeGreaterThan(590)
      expect(seconds).toBeLessThanOrEqual(600)
    }
    expect((await login(email, password)).status).toBe(429)
    expect((await login(email.toUpperCase(), password)).status).toBe(429)
    expect((await post('sign-in/email', { email, password })).status).toBe(429)
  })

  it('tells nothing about which emails have accounts', async () => {
    const email = newEmail()
    const statuses = []
    for (let i = 0; i < 12; i += 1) statuses.push((await login(email, 'a wrong parsnip')).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429])
  })

  it('is forgiven when the right password comes', async () => {
    const { email, password } = await server.register()
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 9; i += 1) {
        expect((await login(email, 'a wrong parsnip')).status).toBe(401)
      }
      expect((await login(email, password)).status).toBe(200)
    }
  })

  it('ends after 20 tries a minute from one address, for however many accounts', async () => {
    const address = '203.0.113.7'
    const tries = Array.from({ length: 30 }, () =>
      login(newEmail(), 'a wrong parsnip', { address }),
    )
    const answers = await Promise.all(tries)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(20)
    const last = await post('sign-in/email', { email: newEmail(), password: 'x' }, { address })
    expect(last.status).toBe(429)
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(50)
    expect((await login(newEmail(), 'a wrong parsnip', { address: '203.0.113.8' })).status).toBe(
      401,
    )
  })

  it('is not given tries back for registering', async () => {
    const more = { address: '203.0.113.60' }
    for (let i = 0; i < 20; i += 1) await login(newEmail(), 'a wrong parsnip', more)
    const body = { email: newEmail(), password: goodPassword }
    expect((await post('register', body, more)).status).toBe(201)
    expect((await login(newEmail(), 'a wrong parsnip', more)).status).toBe(429)
  })

  it('takes the addresses of one IPv6 network for one', async () => {
    const tries = Array.from({ length: 25 }, (_, i) =>
      login(newEmail(), 'a wrong parsnip', { address: `2001:db8:1:2:${i + 1}::${i + 1}` }),
    )
    const answers = await Promise.all(tries)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5)
  })
})

describe('somebody who guesses at an account to keep its owner out', () => {
  const guess = async (email: string, count: number, more: TestRequest = {}) => {
    const statuses: number[] = []
    for (let i = 0; i < count; i += 1) {
      statuses.push((await login(email, 'a wrong parsnip', more)).status)
    }
    return statuses.filter((status) => status === 401).length
  }

  it('does not in a browser that the account has signed in from, from whatever address', async () => {
    const { email, password, cookie } = await server.register()
    const browser = { cookie: deviceOf(cookie) }
    expect(await guess(email, 12)).toBe(10)
    expect((await login(email, password)).status).toBe(429)
    expect((await login(email, 'a slip', browser)).status).toBe(401)
    expect((await login(email, password, browser)).status).toBe(200)
    const address = '203.0.113.77'
    for (let i = 0; i < 25; i += 1) await login(newEmail(), 'a wrong parsnip', { address })
    expect((await login(email, password, { ...browser, address })).status).toBe(200)
    expect(await guess(email, 3)).toBe(0)
  })

  it('gets no more tries from such a browser, and uses up those of nobody else', async () => {
    const { email, password, cookie } = await server.register()
    const browser = { cookie: deviceOf(cookie) }
    expect(await guess(email, 12, browser)).toBe(10)
    expect((await login(email, password, browser)).status).toBe(429)
    expect((await login(email, password)).status).toBe(200)
  })

  it.each<[string, (own: string, owners: string) => string]>([
    ['their own browser', (own) => own],
    ['a changed mark', (_own, owners) => owners.replace(/%3A./, '%3A_')],
    ['another signature', (_own, owners) => owners.replace(/.{8}$/, 'AAAAA%3D')],
    [
      'their signature',
      (own, owners) =>
        owners
          .split('.')
          .slice(0, 2)
          .concat(own.split('.')[2] ?? '')
          .join('.'),
    ],
    ['a session', (own) => own.replace('session_token', 'device')],
  ])('gets no counter of their own with %s', async (_name, change) => {
    const [owner, stranger] = [await server.register(), await server.register()]
    const cookie = change(
      _name === 'a session' ? sessionOf(stranger.cookie) : deviceOf(stranger.cookie),
      deviceOf(owner.cookie),
    )
    expect(cookie).toContain('tend.device=')
    expect(await guess(owner.email, 6, { cookie })).toBe(6)
    expect(await guess(owner.email, 6)).toBe(4)
  })

  it('has a browser that is known for several accounts, whose cookie names none', async () => {
    const [ada, bob] = [await server.register(), await server.register()]
    const both = await login(bob.email, bob.password, { cookie: deviceOf(ada.cookie) })
    const [, line = ''] = both.headers.getSetCookie()
    expect(line).toMatch(/^tend\.device=/)
    expect(line.split('; ').sort().slice(0, 4)).toEqual([
      'HttpOnly',
      'Max-Age=34560000',
      'Path=/',
      'SameSite=Lax',
    ])
    expect(decodeURIComponent(line)).not.toMatch(/person-|example/)
    const browser = { cookie: deviceOf(both.cookie) }
    for (const { email, password } of [ada, bob]) {
      expect(await guess(email, 11)).toBe(10)
      expect((await login(email, password, browser)).status).toBe(200)
    }
  })
})

describe('a storm of logins', () => {
  it('is answered 401, or 503 with the time to come back where it would wait for seconds', async () => {
    const tries = Array.from({ length: 1_200 }, () => login(newEmail(), 'a wrong parsnip'))
    const answers = await Promise.all(tries)
    const refused = answers.filter(({ status }) => status === 503)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(1_200 - refused.length)
    expect(refused.length).toBeGreaterThan(0)
    for (const { body, headers } of refused) {
      expect(body.code).toBe('UNAVAILABLE')
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    }
  }, 60_000)
})

describe('registering', () => {
  it('ends after 10 accounts a minute from one address', async () => {
    const address = '203.0.113.99'
    const tries = Array.from({ length: 15 }, () =>
      post('register', { email: newEmail(), password: goodPassword }, { address }),
    )
    const answers = await Promise.all(tries)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(5)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(50)
    const body = { name: 'x', email: newEmail(), password: goodPassword }
    expect((await post('sign-up/email', body, { address })).status).toBe(429)
  })

  it('does not count what was refused for its values', async () => {
    const address = '203.0.113.100'
    for (let i = 0; i < 15; i += 1) {
      const answer = await post(
        'register',
        { email: newEmail(), password: 'password' },
        { address },
      )
      expect(answer.status).toBe(422)
    }
    const body = { email: newEmail(), password: goodPassword }
    expect((await post('register', body, { address })).status).toBe(201)
  })
})

describe('the log', () => {
  it('has one line for each event, with who and where and without a secret', async () => {
    const address = '198.51.100.4'
    const more = { address, headers: { 'x-request-id': 'the-request-of-the-log-test' } }
    const email = newEmail()
    const secret = 'zweihundert seltene rüben'
    const registered = await post('register', { email, password: secret }, more)
    const { cookie } = registered
    await post('token', undefined, { ...more, cookie })
    await login(email, 'a wrong parsnip', more)
    await post('token', undefined, { ...more, cookie, origin: 'https://evil.example' })
    await post('token', undefined, more)
    const signedIn = await login(email, secret, more)
    await post('logout', undefined, { ...more, cookie: signedIn.cookie })
    await server.send('/api/auth/session', { ...more, cookie: signedIn.cookie })
    await post('register', { email, password: secret }, more)

    const lines = server.readLog().filter((line) => line.address === address)
    expect(lines.map(({ event, reason }) => (reason ? `${event} ${reason}` : event))).toEqual([
      'auth.registered',
      'auth.token.issued',
      'auth.token.issued',
      'auth.login.failed INVALID_CREDENTIALS',
      'auth.token.refused ORIGIN_REFUSED',
      'auth.token.refused NO_SESSION',
      'auth.login.succeeded',
      'auth.token.issued',
      'auth.logout',
      'access.denied NO_SESSION',
      'access.denied EMAIL_TAKEN',
    ])
    for (const line of lines) {
      expect(line).toMatchObject({ address, requestId: 'the-request-of-the-log-test' })
    }
    const userId = Object(registered.body.user).id
    const token = String(registered.body.accessToken)
    const sessionId = decodeJwt(token).sid
    expect(lines[0]).toMatchObject({ userId, sessionId })
    expect(lines[8]).toMatchObject({ userId })
    const text = JSON.stringify(lines)
    const cookieValues = [cookie, signedIn.cookie].map(
      (one) => one.split('=')[1]?.split('.')[0] ?? '?',
    )
    for (const hidden of [
      secret,
      'a wrong parsnip',
      token,
      token.split('.')[2] ?? '?',
      ...cookieValues,
    ]) {
      expect(text).not.toContain(hidden)
    }
  })
})
