import { describe, expect, it } from 'vitest'
import { createContentSecurityPolicy, readNonce } from './content-security-policy.ts'

const options = {
  nonce: 'cmFuZG9t',
  apiUrl: 'https://api.tend.example',
  isSecure: true,
  isDevelopment: false,
}

const readPolicy = (policy: string) =>
  new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ')
      return [name, sources]
    }),
  )

describe('the policy of a page', () => {
  const policy = readPolicy(createContentSecurityPolicy(options))

  it('runs only scripts with the nonce and those they load', () => {
    expect(policy.get('script-src')).toEqual(["'self'", "'nonce-cmFuZG9t'", "'strict-dynamic'"])
  })

  it.each(['default-src', 'object-src', 'base-uri', 'frame-ancestors'])(
    'allows nothing as %s',
    (name) => {
      expect(policy.get(name)).toEqual(["'none'"])
    },
  )

  it('calls the site and the API alone, and sends forms to the site alone', () => {
    expect(policy.get('connect-src')).toEqual(["'self'", options.apiUrl])
    expect(policy.get('form-action')).toEqual(["'self'"])
  })

  it('asks for https only where the page came by https', () => {
    expect(policy.has('upgrade-insecure-requests')).toBe(true)
    const plain = createContentSecurityPolicy({ ...options, isSecure: false })
    expect(readPolicy(plain).has('upgrade-insecure-requests')).toBe(false)
  })

  it('evaluates strings and opens web sockets in development alone', () => {
    const text = createContentSecurityPolicy(options)
    expect(text).not.toMatch(/unsafe-eval|ws:/)
    const development = readPolicy(createContentSecurityPolicy({ ...options, isDevelopment: true }))
    expect(development.get('script-src')).toContain("'unsafe-eval'")
    expect(development.get('connect-src')).toContain('ws:')
  })

  it('says which nonce a script in the page has to have', () => {
    expect(readNonce(createContentSecurityPolicy(options))).toBe(options.nonce)
    expect(readNonce("script-src 'self'")).toBeUndefined()
  })
})
