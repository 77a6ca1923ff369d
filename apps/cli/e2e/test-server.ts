import { randomBytes } from 'node:crypto'
import { DEFAULT_PROFILE, openProfiles } from '../src/profiles.ts'
import type { Home } from './run-tend.ts'

/** The servers that the tests run against. */
export const servers = {
  webUrl: readAddress('TEND_E2E_WEB_URL'),
  apiUrl: readAddress('TEND_E2E_API_URL'),
}

function readAddress(name: string): string {
  const address = process.env[name]
  if (address) return address
  throw new Error(
    `${name} is missing: start Tend and name its addresses, as npm test does (TEND_E2E_WEB_URL, TEND_E2E_API_URL).`,
  )
}

/** Somebody with an account, and the cookie of the session that came with it. */
export type Person = { email: string; password: string; cookies: string }

/** Registers somebody new, from an address of their own so that the limits per address do not count together. */
export async function register(): Promise<Person> {
  const credentials = {
    email: `cli-${randomBytes(6).toString('hex')}@example.org`,
    password: `a rare parsnip ${randomBytes(6).toString('hex')}`,
  }
  const answer = await fetch(`${servers.webUrl}/api/auth/register`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: servers.webUrl,
      'x-forwarded-for': `10.${[...randomBytes(3)].join('.')}`,
    },
    body: JSON.stringify(credentials),
  })
  if (answer.status !== 201) throw new Error(`Registering failed: ${await answer.text()}`)
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';', 1).join())
  return { ...credentials, cookies: cookies.join('; ') }
}

/** The arguments of a first sign-in. */
export const loginArguments = ['login', '--web-url', servers.webUrl, '--api-url', servers.apiUrl]

/** The environment of a sign-in without questions. */
export function credentials({ email, password }: Pick<Person, 'email' | 'password'>) {
  return { TEND_EMAIL: email, TEND_PASSWORD: password }
}

/** Signs a new person in with the command itself. Sparingly: sign-ins are limited, and all come from one address. */
export async function logIn(home: Home, ...more: string[]): Promise<Person> {
  const person = await register()
  const env = credentials(person)
  const { code, stderr } = await home.run([...loginArguments, ...more], { env })
  if (code !== 0) throw new Error(`Signing in failed: ${stderr}`)
  return person
}

/** Puts the session of a new person where the command keeps it. */
export async function signIn(home: Home): Promise<Person> {
  const person = await register()
  const { email, cookies } = person
  await openProfiles(home.configFolder).write(DEFAULT_PROFILE, { ...servers, email, cookies })
  return person
}
