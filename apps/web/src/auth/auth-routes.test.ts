import {
  accessTokenSchema,
  authContract,
  authResultSchema,
  currentSessionSchema,
  PROBLEM_MEDIA_TYPE,
  type ProblemCode,
  problemSchema,
  problems,
} from '@tend/contracts'
import { accessTokenClaimsSchema } from '@tend/contracts/access-token'
import { decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const post = (path: string, body?: unknown, more: TestRequest = {}) =>
  server.send(`/api/auth/${path}`, { method: 'POST', body, ...more })

function expectProblem(answer: TestAnswer, code: ProblemCode): void {
  expect(answer.headers.get('content-type')).toBe(PROBLEM_MEDIA_TYPE)
  expect(problemSchema.strict().parse(answer.body)).toMatchObject({
    code,
    status: problems[code].status,
  })
  expect(answer.status).toBe(problems[code].status)
  expect(answer.headers.get('cache-control')).toBe('no-store')
}

const pathsOf = ({ body }: TestAnswer) =>
  (problemSchema.parse(body).errors ?? []).map(({ path }) => path.join('.'))

describe('POST /api/auth/register', () => {
  it('creates the account, signs in, and gives an access token for exactly that session', async () => {
    const email = newEmail()
    const answer = await post('register', { email, password: goodPassword, name: '  Ada ' })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('content-type')).toBe('application/json')
    const result = authResultSchema.strict().parse(answer.body)
    expect(result.user).toMatchObject({ email, name: 'Ada' })
    const { cookie } = answer
    const session = currentSessionSchema.parse(
      (await server.send('/api/auth/session', { cookie })).body,
    )
    const claims = accessTokenClaimsSchema.parse(decodeJwt(result.accessToken))
    expect(claims).toMatchObject({ sub: result.user.id, email, sid: session.session.id })
    expect(claims).toMatchObject({ iss: server.site, aud: server.apiUrl })
    expect(claims.exp - claims.iat).toBe(result.expiresIn)
  })

  it('gives exactly the keys of the contract', async () => {
    const { body } = await post('register', { email: newEmail(), password: goodPassword })
    expect(Object.keys(body).sort()).toEqual(['accessToken', 'expiresIn', 'tokenType', 'user'])
    const keys = ['createdAt', 'email', 'id', 'name', 'updatedAt']
    expect(Object.keys(Object(body.user)).sort()).toEqual(keys)
  })

  it('takes the part of the email before the @ for a name that is not given', async () => {
    const email = newEmail()
    const { body } = await post('register', { email, password: goodPassword })
    expect(body.user).toMatchObject({ name: email.split('@')[0] })
  })

  it('writes emails in lower case and without spaces around them', async () => {
    const email = newEmail()
    const spelled = `  ${email.toUpperCase()} `
    const { body } = await post('register', { email: spelled, password: goodPassword })
    expect(body.user).toMatchObject({ email })
    expectProblem(await post('register', { email, password: goodPassword }), 'EMAIL_TAKEN')
  })

  it('refuses a taken email and signs nobody in', async () => {
    const { email } = await server.register()
    const answer = await post('register', { email, password: 'another rare parsnip' })
    expectProblem(answer, 'EMAIL_TAKEN')
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it('makes one account of many simultaneous registrations of one email, and tells the others', async () => {
    const email = newEmail()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post('register', { email, password: goodPassword })),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([201, ...Array.from({ length: 7 }, () => 409)])
    const users = await server.database
      .selectFrom('user')
      .innerJoin('account', 'account.user_id', 'user.id')
      .where('email', '=', email)
      .select('user.id')
      .execute()
    expect(users).toHaveLength(1)
  })

  it.each<[string, unknown, string[]]>([
    ['nothing', {}, ['body.email', 'body.password']],
    ['no object', [], ['body']],
    ['null', null, ['body']],
    ['an email that is none', { email: 'ada', password: goodPassword }, ['body.email']],
    [
      'an email too long',
      { email: `${'a'.repeat(60)}@${'b'.repeat(200)}.org`, password: goodPassword },
      ['body.email'],
    ],
    ['a short password', { email: 'a@example.org', password: 'parsnip' }, ['body.password']],
    ['a long password', { email: 'a@example.org', password: 'ab '.repeat(43) }, ['body.password']],
    ['a common password', { email: 'a@example.org', password: 'Password123' }, ['body.password']],
    [
      'NUL in the password',
      { email: 'a@example.org', password: 'rare\0parsnip' },
      ['body.password'],
    ],
    [
      'an empty name',
      { email: 'a@example.org', password: goodPassword, name: '  ' },
      ['body.name'],
    ],
    [
      'a long name',
      { email: 'a@example.org', password: goodPassword, name: 'x'.repeat(101) },
      ['body.name'],
    ],
    [
      'NUL in the name',
      { email: 'a@example.org', password: goodPassword, name: 'a\0' },
      ['body.name'],
    ],
    [
      'a number for a name',
      { email: 'a@example.org', password: goodPassword, name: 7 },
      ['body.name'],
    ],
    [
      'an unknown key',
      { email: 'a@example.org', password: goodPassword, role: 'admin' },
      ['body.role'],
    ],
    [
      'a key of the table',
      { email: 'a@example.org', password: goodPassword, emailVerified: true },
      ['body.emailVerified'],
    ],
  ])('refuses %s and says where', async (_name, body, paths) => {
    const answer = await post('register', body)
    expectProblem(answer, 'VALIDATION_FAILED')
    expect(pathsOf(answer)).toEqual(paths)
  })

  it('takes passwords of 8 and of 128 characters, whatever their bytes', async () => {
    for (const password of ['пастерна', `${'\u{1F955}'.repeat(127)}x`]) {
      const email = newEmail()
      expect((await post('register', { email, password })).status).toBe(201)
      expect((await post('login', { email, password })).status).toBe(200)
    }
  })

  it('takes the same characters in other bytes for the same password', async () => {
    const email = newEmail()
    const password = 'pâté de navet ﬁn'
    await post('register', { email, password: password.normalize('NFD') })
    expect((await post('login', { email, password: password.normalize('NFKC') })).status).toBe(200)
  })

  it('stores the password as argon2id at 19 MiB, 2 passes, 1 lane, and nowhere in the clear', async () => {
    const { email } = await server.register()
    const rows = await server.database
      .selectFrom('account')
      .innerJoin('user', 'user.id', 'account.user_id')
      .where('email', '=', email)
      .selectAll('account')
      .execute()
    expect(rows[0]?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(JSON.stringify(rows)).not.toContain(goodPassword)
  })
})

describe('POST /api/auth/login', () => {
  it('signs in with a session of its own and gives the same body as registering', async () => {
    const person = await server.register()
    const answer = await post('login', {
      email: person.email.toUpperCase(),
      password: goodPassword,
    })
    expect(answer.status).toBe(200)
    const result = authResultSchema.strict().parse(answer.body)
    expect(result.user.email).toBe(person.email)
    expect(answer.cookie).not.toBe('')
    expect(answer.cookie).not.toBe(person.cookie)
    const key = new TextEncoder().encode(server.jwtSecret)
    await expect(jwtVerify(result.accessToken, key)).resolves.toBeTruthy()
  })

  it('answers a wrong password and an unknown email alike', async () => {
    const { email } = await server.register()
    const wrong = await post('login', { email, password: 'a wrong parsnip' })
    const unknown = await post('login', { email: newEmail(), password: 'a wrong parsnip' })
    expectProblem(wrong, 'INVALID_CREDENTIALS')
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
    expect(wrong.headers.getSetCookie()).toEqual([])
    expect([...unknown.headers].sort()).toEqual([...wrong.headers].sort())
  })

  it('does not apply the rules for new passwords to old ones', async () => {
    expectProblem(await post('login', { email: newEmail(), password: 'x' }), 'INVALID_CREDENTIALS')
  })

  it.each<[string, unknown, string[]]>([
    ['nothing', {}, ['body.email', 'body.password']],
    ['an empty password', { email: 'a@example.org', password: '' }, ['body.password']],
    [
      'a password too long',
      { email: 'a@example.org', password: 'x'.repeat(129) },
      ['body.password'],
    ],
    ['an object for an email', { email: { $ne: '' }, password: 'x' }, ['body.email']],
    ['a list for a password', { email: 'a@example.org', password: ['x'] }, ['body.password']],
    [
      'an unknown key',
      { email: 'a@example.org', password: 'x', rememberMe: true },
      ['body.rememberMe'],
    ],
    [
      'a key named as the prototype',
      '{"email":"a@example.org","password":"x","__proto__":{}}',
      ['body.__proto__'],
    ],
  ])('refuses %s and says where', async (_name, body, paths) => {
    const answer = await post('login', body)
    expectProblem(answer, 'VALIDATION_FAILED')
    expect(pathsOf(answer)).toEqual(paths)
  })
})

describe('POST /api/auth/logout', () => {
  it('ends the session and clears the cookie', async () => {
    const { cookie } = await server.register()
    const answer = await post('logout', undefined, { cookie })
    expect(answer.status).toBe(204)
    expect(answer.text).toBe('')
    expect(answer.cookie).toBe('')
    expect(answer.headers.getSetCookie().join()).toMatch(/tend\.session_token=;.*Max-Age=0/i)
    expectProblem(await server.send('/api/auth/session', { cookie }), 'NO_SESSION')
    expectProblem(await post('token', undefined, { cookie }), 'NO_SESSION')
  })

  it('ends no other session of the same person', async () => {
    const { email, cookie } = await server.register()
    const other = await post('login', { email, password: goodPassword })
    await post('logout', undefined, { cookie })
    expect((await server.send('/api/auth/session', { cookie: other.cookie })).status).toBe(200)
  })

  it('answers 204 as well when nobody is signed in, and when it is repeated', async () => {
    const { cookie } = await server.register()
    expect((await post('logout')).status).toBe(204)
    expect((await post('logout', undefined, { cookie })).status).toBe(204)
    expect((await post('logout', {}, { cookie })).status).toBe(204)
    expect((await post('logout', undefined, { cookie: 'tend.session_token=x.y' })).status).toBe(204)
  })

  it('works for a program that sends no Origin', async () => {
    const { cookie } = await server.register()
    expect((await post('logout', undefined, { cookie, origin: null })).status).toBe(204)
    expectProblem(await server.send('/api/auth/session', { cookie }), 'NO_SESSION')
  })
})

describe('GET /api/auth/session', () => {
  it('says who is signed in and until when, with exactly the keys of the contract', async () => {
    const { email, cookie } = await server.register()
    const answer = await server.send('/api/auth/session', { cookie, origin: null })
    expect(answer.status).toBe(200)
    const { user, session } = currentSessionSchema.strict().parse(answer.body)
    expect(user.email).toBe(email)
    expect(Object.keys(user).sort()).toEqual(['createdAt', 'email', 'id', 'name', 'updatedAt'])
    expect(Object.keys(session).sort()).toEqual(['expiresAt', 'id'])
    const days = (Date.parse(session.expiresAt) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(6.9)
    expect(days).toBeLessThan(7.1)
  })

  it('refuses when nobody is signed in, and when the session is over', async () => {
    expectProblem(await server.send('/api/auth/session'), 'NO_SESSION')
    const { email, cookie } = await server.register()
    await server.database
      .updateTable('session')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('user_id', 'in', (query) =>
        query.selectFrom('user').select('id').where('email', '=', email),
      )
      .execute()
    const answer = await server.send('/api/auth/session', { cookie })
    expectProblem(answer, 'NO_SESSION')
    expect(answer.headers.getSetCookie().join()).toMatch(/tend\.session_token=;.*Max-Age=0/i)
  })

  it('answers HEAD as well', async () => {
    const { cookie } = await server.register()
    expect((await server.send('/api/auth/session', { method: 'HEAD', cookie })).status).toBe(200)
  })
})

describe('POST /api/auth/token', () => {
  it('gives an access token for the session of the cookie', async () => {
    const { email, cookie } = await server.register()
    const answer = await post('token', undefined, { cookie })
    expect(answer.status).toBe(200)
    const { accessToken } = accessTokenSchema.strict().parse(answer.body)
    const { session } = currentSessionSchema.parse(
      (await server.send('/api/auth/session', { cookie })).body,
    )
    expect(decodeJwt(accessToken)).toMatchObject({ email, sid: session.id })
  })

  it('refuses when nobody is signed in', async () => {
    expectProblem(await post('token'), 'NO_SESSION')
  })

  it('prolongs a session that is in use, in the database and in the cookie', async () => {
    const { cookie } = await server.register()
    const soon = new Date(Date.now() + 3 * 86_400_000)
    const token = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? ''
    await server.database
      .updateTable('session')
      .set({ expires_at: soon })
      .where('token', '=', token)
      .execute()
    const answer = await post('token', undefined, { cookie })
    expect(answer.headers.getSetCookie().join()).toMatch(/Max-Age=604800/)
    const { session } = currentSessionSchema.parse(
      (await server.send('/api/auth/session', { cookie })).body,
    )
    expect(Date.parse(session.expiresAt)).toBeGreaterThan(soon.getTime() + 86_400_000)
  })
})

describe('every sign-in route', () => {
  const routes = Object.values(authContract).map(({ method, path }) => ({ method, path }))
  const routesWithBody = ['/api/auth/register', '/api/auth/login']

  it.each(routes)(
    '$method $path refuses other methods with 405 and Allow',
    async ({ method, path }) => {
      for (const other of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        if (other === method) continue
        const answer = await server.send(path, { method: other })
        expectProblem(answer, 'METHOD_NOT_ALLOWED')
        expect(answer.headers.get('allow')?.split(', ')).toContain(method)
        expect(answer.headers.get('allow')?.split(', ')).not.toContain(other)
      }
      const options = await server.send(path, { method: 'OPTIONS' })
      expect(options.status).toBe(204)
      expect(options.headers.get('allow')).toContain(method)
    },
  )

  it.each(routes)(
    '$method $path refuses a query, which it has none of',
    async ({ method, path }) => {
      const answer = await server.send(`${path}?next=/`, { method })
      expectProblem(answer, 'VALIDATION_FAILED')
      expect(pathsOf(answer)).toEqual(['query.next'])
    },
  )

  const bytes = (...values: number[]) => new Blob([new Uint8Array(values)])
  it.each<[string, TestRequest, ProblemCode]>([
    ['no body', {}, 'UNSUPPORTED_MEDIA_TYPE'],
    ['an empty body', { body: '' }, 'MALFORMED_REQUEST'],
    ['half a body', { body: '{"email":' }, 'MALFORMED_REQUEST'],
    ['two bodies', { body: '{}{}' }, 'MALFORMED_REQUEST'],
    ['a comment', { body: '{/* */}' }, 'MALFORMED_REQUEST'],
    ['bytes that are no UTF-8', { body: bytes(0x7b, 0xff, 0x7d) }, 'MALFORMED_REQUEST'],
    ['UTF-8 that is too long', { body: bytes(0x22, 0xc0, 0x80, 0x22) }, 'MALFORMED_REQUEST'],
    ['UTF-16', { body: bytes(0xff, 0xfe, 0x7b, 0, 0x7d, 0) }, 'MALFORMED_REQUEST'],
    ['half a surrogate pair', { body: '{"email":"\\ud800","password":"x"}' }, 'MALFORMED_REQUEST'],
    ['half a pair in a key', { body: '{"\\udc00":1}' }, 'MALFORMED_REQUEST'],
    [
      'a deep well',
      { body: `{"a":"\\u0041","b":${'['.repeat(30_000)}${']'.repeat(30_000)}}` },
      'MALFORMED_REQUEST',
    ],
    [
      'a form',
      { body: 'email=a', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'plain text',
      { body: '{}', headers: { 'content-type': 'text/plain' } },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'JSON in Latin-1',
      { body: '{}', headers: { 'content-type': 'application/json; charset=latin1' } },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'JSON in disguise',
      { body: '{}', headers: { 'content-type': 'text/plain; application/json' } },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'compressed JSON',
      { body: '{}', headers: { 'content-encoding': 'gzip' } },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['64 kB and a byte', { body: ' '.repeat(65_537) }, 'BODY_TOO_LARGE'],
    [
      'a length beyond 64 kB',
      { body: '{}', headers: { 'content-length': '65537' } },
      'BODY_TOO_LARGE',
    ],
  ])('with a body refuses %s', async (_name, request, code) => {
    for (const path of routesWithBody) {
      const answer = await server.send(path, { method: 'POST', ...request })
      expectProblem(answer, code)
      if (code === 'BODY_TOO_LARGE') expect(answer.headers.get('connection')).toBe('close')
    }
  })

  it('with a body takes one of exactly 64 kB, and one that names its charset', async () => {
    const person = await server.register()
    const body = JSON.stringify({ email: person.email, password: person.password }).padEnd(65_536)
    const headers = { 'content-type': 'Application/JSON; charset="UTF-8"' }
    expect((await server.send('/api/auth/login', { method: 'POST', body, headers })).status).toBe(
      200,
    )
  })

  it('without a body refuses one that says something', async () => {
    for (const path of ['/api/auth/logout', '/api/auth/token']) {
      const { cookie } = await server.register()
      const answer = await server.send(path, { method: 'POST', body: { all: true }, cookie })
      expectProblem(answer, 'VALIDATION_FAILED')
      expectProblem(
        await server.send(path, { method: 'POST', body: '{', cookie }),
        'MALFORMED_REQUEST',
      )
    }
  })

  it('names the request by the id the server gave it', async () => {
    const headers = { 'x-request-id': 'the-id-of-this-request' }
    const { body } = await server.send('/api/auth/session', { headers })
    expect(body.requestId).toBe('the-id-of-this-request')
  })
})
