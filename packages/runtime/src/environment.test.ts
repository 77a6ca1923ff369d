import { describe, expect, it } from 'vitest'
import { EnvironmentError, parseEnvironment, secretSchema } from './environment.ts'

const jwtSecret = 'kX3vQ9pLw7ZrT1mN5bYc8uHs2dGf6jAe'
const sessionSecret = 'aZ8nB4vM1cX7lK2jH9gF5dS3qW6eR0tY'
const minimal = { DATABASE_URL: 'postgres://tend:pw@127.0.0.1:5432/tend', JWT_SECRET: jwtSecret }
const webFields = { BETTER_AUTH_SECRET: secretSchema }

function readProblems(source: Record<string, string | undefined>): string {
  try {
    parseEnvironment(webFields, source)
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message
    throw error
  }
  return ''
}

describe('the environment', () => {
  it('has defaults for everything but secrets and database', () => {
    expect(parseEnvironment({}, minimal)).toMatchObject({
      ACCESS_TOKEN_TTL: 300,
      WEB_URL: 'http://localhost:3000',
      API_URL: 'http://localhost:4000',
      NEXT_PUBLIC_API_URL: 'http://localhost:4000',
      LOG_LEVEL: 'info',
    })
  })

  it('lets the addresses follow the ports', () => {
    expect(parseEnvironment({}, { ...minimal, WEB_PORT: '3100', API_PORT: '4100' })).toMatchObject({
      WEB_URL: 'http://localhost:3100',
      NEXT_PUBLIC_API_URL: 'http://localhost:4100',
    })
  })

  it('takes an empty variable for one that is not set', () => {
    expect(parseEnvironment({}, { ...minimal, WEB_URL: '', API_PORT: '' }).API_PORT).toBe(4000)
  })

  it('spells an address as an Origin header does', () => {
    expect(parseEnvironment({}, { ...minimal, WEB_URL: 'HTTPS://Tend.Example:443/' }).WEB_URL).toBe(
      'https://tend.example',
    )
  })

  it('names every problem in one message', () => {
    const message = readProblems({ JWT_SECRET: 'short', WEB_PORT: 'no', TRUSTED_PROXIES: 'here' })
    for (const name of [
      'DATABASE_URL',
      'JWT_SECRET',
      'BETTER_AUTH_SECRET',
      'WEB_PORT',
      'TRUSTED_PROXIES',
    ]) {
      expect(message).toContain(`- ${name} `)
    }
  })

  it('never prints a value', () => {
    const message = readProblems({
      DATABASE_URL: 'mysql://root:hunter2@db',
      JWT_SECRET: 'hunter2',
      BETTER_AUTH_SECRET: 'hunter2',
      WEB_URL: 'ftp://user:hunter2@web',
    })
    expect(message).toContain('WEB_URL')
    expect(message).not.toContain('hunter2')
  })

  it.each([
    ['missing', undefined],
    ['short', 'kX3vQ9pLw7ZrT1mN5bYc8uHs2dGf6jA'],
    ['a placeholder', 'a'.repeat(64)],
    ['repeating', 'secret'.repeat(8)],
    ['one longer piece over and over', 'correct-horse-battery-'.repeat(2)],
  ])('refuses a secret that is %s', (_name, secret) => {
    expect(readProblems({ ...minimal, BETTER_AUTH_SECRET: secret })).toContain('BETTER_AUTH_SECRET')
  })

  it('refuses one secret for two purposes', () => {
    expect(readProblems({ ...minimal, BETTER_AUTH_SECRET: jwtSecret })).toContain('must differ')
    expect(
      readProblems({
        ...minimal,
        BETTER_AUTH_SECRET: sessionSecret,
        JWT_SECRET_PREVIOUS: jwtSecret,
      }),
    ).toContain('must differ')
  })

  it('names equal secrets and http addresses beside what is missing or unusable', () => {
    const message = readProblems({
      NODE_ENV: 'production',
      JWT_SECRET: jwtSecret,
      JWT_SECRET_PREVIOUS: 'short',
      BETTER_AUTH_SECRET: jwtSecret,
      WEB_URL: 'http://tend.example',
      API_URL: 'http://api.tend.example/v1',
    })
    for (const problem of [
      'DATABASE_URL is missing',
      'JWT_SECRET_PREVIOUS must have at least 32 bytes',
      'BETTER_AUTH_SECRET must differ',
      'WEB_URL must be https in production',
      'API_URL must be https in production',
      'API_URL must be an address without path',
    ]) {
      expect(message).toContain(problem)
    }
  })

  it.each(['http://tend.example', 'http://10.0.0.5:3000', 'http://localhost.evil.example'])(
    'refuses the address %s in production',
    (address) => {
      const source = { ...minimal, BETTER_AUTH_SECRET: sessionSecret, NODE_ENV: 'production' }
      expect(readProblems({ ...source, WEB_URL: address })).toContain('WEB_URL must be https')
    },
  )

  it.each([
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'https://tend.example',
  ])('takes the address %s in production', (address) => {
    const source = { ...minimal, BETTER_AUTH_SECRET: sessionSecret, NODE_ENV: 'production' }
    expect(readProblems({ ...source, WEB_URL: address })).toBe('')
  })

  it.each([
    'https://tend.example/app',
    'https://tend.example?x=1',
    'https://me:pw@tend.example',
    'tend',
  ])('refuses %s as a public address', (address) => {
    expect(
      readProblems({ ...minimal, BETTER_AUTH_SECRET: sessionSecret, API_URL: address }),
    ).toContain('API_URL must be')
  })
})
