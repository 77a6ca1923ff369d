import { problemSchema } from '@tend/contracts'
import fc from 'fast-check'
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

const send = (method: string, path: string, body?: unknown, more: TestRequest = {}) =>
  server.send(`/api/auth${path}`, { method, body, ...more })

const tokenIn = (cookie: string) =>
  decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? ''

/** Every endpoint of Better Auth that is served, and what it takes. */
const endpoints: [method: string, path: string, body?: unknown][] = [
  ['GET', '/get-session'],
  ['GET', '/list-sessions'],
  ['GET', '/list-accounts'],
  ['GET', '/ok'],
  ['GET', '/error'],
  ['GET', '/verify-email?token=x'],
  ['GET', '/callback/github'],
  ['GET', '/reset-password/x?callbackURL=/'],
  ['GET', '/delete-user/callback?token=x'],
  ['GET', '/account-info'],
  ['POST', '/get-session'],
  ['POST', '/update-session', {}],
  ['POST', '/update-user', { name: 'Ada' }],
  ['POST', '/verify-password', { password: goodPassword }],
  [
    'POST',
    '/change-password',
    { currentPassword: goodPassword, newPassword: 'another rare parsnip' },
  ],
  ['POST', '/change-email', { newEmail: 'b@example.org' }],
  ['POST', '/set-password', { newPassword: goodPassword }],
  ['POST', '/reset-password', { newPassword: goodPassword, token: 'x' }],
  ['POST', '/request-password-reset', { email: 'a@example.org' }],
  ['POST', '/send-verification-email', { email: 'a@example.org' }],
  ['POST', '/delete-user', {}],
  ['POST', '/link-social', { provider: 'github' }],
  ['POST', '/unlink-account', { providerId: 'github' }],
  ['POST', '/refresh-token', { providerId: 'github' }],
  ['POST', '/get-access-token', { providerId: 'github' }],
  ['POST', '/sign-in/social', { provider: 'github' }],
  ['POST', '/revoke-session', { token: 'x' }],
  ['POST', '/revoke-other-sessions', {}],
  ['POST', '/revoke-sessions', {}],
  ['POST', '/sign-out', {}],
]

function expectNoLeak(answer: TestAnswer, token: string): void {
  expect(answer.text).not.toContain(token)
  expect(answer.text).not.toMatch(/"token"/)
  expect(answer.status).toBeLessThan(500)
  if (answer.status < 400) return
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  const problem = problemSchema.strict().parse(answer.body)
  expect(problem.status).toBe(answer.status)
}

describe("Better Auth's own endpoints", () => {
  it('sign up and sign in without the session token in any body', async () => {
    const body = { name: 'Ada', email: newEmail(), password: goodPassword }
    for (const path of ['/sign-up/email', '/sign-in/email']) {
      const answer = await send('POST', path, body)
      expect(answer.status).toBe(200)
      expectNoLeak(answer, tokenIn(answer.cookie))
      expect(answer.body.user).toMatchObject({ email: body.email })
      expect(answer.body.session).toMatchObject({ id: expect.any(String) })
    }
  })

  it.each(endpoints)(
    '%s %s never shows the session token, and errs in problem details',
    async (method, path, body) => {
      const { cookie } = await server.register()
      expectNoLeak(await send(method, path, body, { cookie }), tokenIn(cookie))
      expectNoLeak(await send(method, path, body), tokenIn(cookie))
    },
  )

  it('show the session and the list of sessions without their tokens, but otherwise whole', async () => {
    const { email, cookie } = await server.register()
    const session = await send('GET', '/get-session', undefined, { cookie })
    expect(session.body).toMatchObject({ user: { email }, session: { id: expect.any(String) } })
    const list: unknown = (await send('GET', '/list-sessions', undefined, { cookie })).body
    expect(list).toEqual([expect.objectContaining({ id: expect.any(String) })])
  })

  it.each<[string, Record<string, unknown>]>([
    ['a common password', { password: 'password123' }],
    ['a short password', { password: 'parsnip' }],
    ['a long password', { password: 'ab '.repeat(43) }],
    ['no password', { password: undefined }],
    ['a long email', { email: `${'a'.repeat(60)}@${'b'.repeat(200)}.org` }],
    ['an empty name', { name: ' ' }],
    ['a long name', { name: 'x'.repeat(101) }],
    ['NUL in the name', { name: 'a\0b' }],
    ['NUL in the picture', { image: 'https://example.org/\0' }],
    ['a picture that is a script', { image: 'javascript:alert(1)' }],
  ])('sign up nobody with %s', async (_name, wrong) => {
    const body = { name: 'Ada', email: newEmail(), password: goodPassword, ...wrong }
    const answer = await send('POST', '/sign-up/email', body)
    expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', status: 422 })
    expect(problemSchema.parse(answer.body).errors).toHaveLength(1)
  })

  it('answer a taken email and a wrong password with our own problems', async () => {
    const { email } = await server.register()
    const taken = await send('POST', '/sign-up/email', { name: 'x', email, password: goodPassword })
    expect(taken.body).toMatchObject({ code: 'EMAIL_TAKEN', status: 409 })
    const wrong = await send('POST', '/sign-in/email', { email, password: 'a wrong parsnip' })
    expect(wrong.body).toMatchObject({ code: 'INVALID_CREDENTIALS', status: 401 })
  })

  it('change a password only to one that meets the rule', async () => {
    const { email, cookie } = await server.register()
    const change = (newPassword: string) =>
      send('POST', '/change-password', { currentPassword: goodPassword, newPassword }, { cookie })
    expect((await change('password123')).status).toBe(422)
    expect((await change('parsnip')).status).toBe(422)
    expect((await change('another rare parsnip')).status).toBe(200)
    const body = { email, password: 'another rare parsnip' }
    expect((await send('POST', '/login', body)).status).toBe(200)
  })

  it('take JSON alone, of at most 64 kB, in UTF-8', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await send('POST', '/sign-in/email', 'email=a', { headers: form })).status).toBe(415)
    expect((await send('POST', '/sign-in/email', ' '.repeat(70_000))).status).toBe(413)
    expect((await send('POST', '/sign-in/email', '{"email":')).status).toBe(400)
    const well = `{"email":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
    expect((await send('POST', '/sign-in/email', well)).status).toBe(400)
    expect((await send('POST', '/sign-in/email', '{"email":"\\ud800"}')).status).toBe(400)
  })

  it.each(['/nothing', '/', '//', '/sign-in', '/../login', '/login/', '/token/x', '/__proto__'])(
    '(%s is none) answer with a problem',
    async (path) => {
      const answer = await send('GET', path)
      expect(problemSchema.parse(answer.body).code).toBe('NOT_FOUND')
    },
  )

  it('answer whatever they are sent without an error of ours', async () => {
    const { cookie } = await server.register()
    const path = fc.constantFrom(
      ...endpoints.map(([, one]) => one),
      '/sign-in/email',
      '/sign-up/email',
      '/token',
    )
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD')
    const keys = fc.constantFrom(
      ...[
        'email',
        'password',
        'name',
        'image',
        'token',
        'newPassword',
        'currentPassword',
        'provider',
      ],
      ...[
        'callbackURL',
        'rememberMe',
        'providerId',
        'accountId',
        'newEmail',
        'idToken',
        '__proto__',
      ],
    )
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('a\0b', '\ud800', 'https://evil.example', '//evil.example', 'x'.repeat(3000)),
    )
    const body = fc.oneof(fc.dictionary(keys, values, { maxKeys: 6 }), fc.jsonValue())
    const property = fc.asyncProperty(
      method,
      path,
      body,
      fc.boolean(),
      async (verb, where, what, isSignedIn) => {
        const hasBody = !['GET', 'HEAD'].includes(verb)
        const more: TestRequest = { ...(isSignedIn && { cookie }) }
        const answer = await send(verb, where, hasBody ? what : undefined, more)
        expect(answer.status, `${verb} ${where} ${JSON.stringify(what)}`).toBeLessThan(500)
        expect(answer.text).not.toContain(tokenIn(cookie))
      },
    )
    await fc.assert(property, { numRuns: 1000 })
  }, 120_000)
})
