import { NextRequest } from 'next/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import proxy, { config } from './proxy.ts'

beforeAll(() => {
  vi.stubEnv('NODE_ENV', 'production')
  vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none')
  vi.stubEnv('BETTER_AUTH_SECRET', 'abcdefghijklmnopqrstuvwxyz0123456789')
  vi.stubEnv('JWT_SECRET', '9876543210zyxwvutsrqponmlkjihgfedcba')
  vi.stubEnv('WEB_URL', 'https://tend.example')
  vi.stubEnv('API_URL', 'https://internal.tend.example')
  vi.stubEnv('NEXT_PUBLIC_API_URL', 'https://api.tend.example')
})
afterAll(() => vi.unstubAllEnvs())

const ask = (headers: Record<string, string> = {}) =>
  proxy(new NextRequest('https://tend.example/dashboard', { headers }))

const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? ''
const nonceOf = (policy: string) => /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''

describe('the proxy', () => {
  it('gives every page a policy with a nonce of its own, of 16 random bytes', () => {
    const nonces = Array.from({ length: 50 }, () => nonceOf(policyOf(ask())))
    expect(new Set(nonces).size).toBe(50)
    for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
  })

  it('lets the page call the public address of the API, and no other', () => {
    const connect = policyOf(ask())
      .split('; ')
      .find((directive) => directive.startsWith('connect-src'))
    expect(connect).toBe("connect-src 'self' https://api.tend.example")
  })

  it('hands Next.js the same policy, whatever the request brought along', () => {
    const response = ask({
      'content-security-policy': "script-src 'nonce-evil'",
      'x-nonce': 'evil',
    })
    const policy = policyOf(response)
    expect(response.headers.get('x-middleware-request-content-security-policy')).toBe(policy)
    expect(policy).not.toContain('evil')
  })

  it.each(['/', '/login', '/dashboard', '/dashboard/x', '/api', '/apiary', '/_next'])(
    'runs for %s',
    (path) => {
      expect(new RegExp(`^${config.matcher}$`).test(path)).toBe(true)
    },
  )

  it.each(['/api/auth/session', '/_next/static/x.js', '/_next/image'])(
    'leaves %s alone',
    (path) => {
      expect(new RegExp(`^${config.matcher}$`).test(path)).toBe(false)
    },
  )
})
