import { loginSchema } from '@tend/contracts'
import { createTendClient, unwrap } from '@tend/contracts/client'
import { z } from 'zod'
import { CliError } from '../cli-error.ts'
import { chooseProfile, openOwnProfiles } from '../connection.ts'
import { readEnvironment } from '../env.ts'
import { clean, note } from '../output.ts'
import type { Profile } from '../profiles.ts'
import { askSecret, askText } from '../prompt.ts'

export type LoginOptions = {
  profile?: string | undefined
  email?: string | undefined
  webUrl?: string | undefined
  apiUrl?: string | undefined
}

const localWebUrl = 'http://localhost:3000'
const localApiUrl = 'http://localhost:4000'

/** Signs in and keeps the session in the profile. */
export async function login(options: LoginOptions): Promise<void> {
  const name = chooseProfile(options.profile)
  const profiles = openOwnProfiles()
  const before = await profiles.read(name)
  const { webUrl, apiUrl } = chooseServer(options, before)
  const credentials = await readCredentials(options.email)
  // The cookie arrives before the answer has been checked; it is kept only once the sign-in has succeeded.
  let cookies: string | null = null
  const tend = createTendClient({
    webUrl,
    apiUrl,
    session: {
      read: () => cookies,
      write(next) {
        cookies = next
      },
    },
  })
  const { user } = await unwrap(tend.auth.login({ body: credentials }))
  await profiles.write(name, { webUrl, apiUrl, email: user.email, cookies })
  note(`Signed in to ${webUrl} as ${clean(user.email)}.`)
  if (before !== null) await endSession(name, before)
}

/** Ends the session that was there before; one that cannot be reached ends by itself. */
async function endSession(name: string, before: Profile): Promise<void> {
  if (before.cookies === null) return
  let cookies: string | null = before.cookies
  const session = {
    read: () => cookies,
    write(next: string | null) {
      cookies = next
    },
  }
  const { webUrl, apiUrl } = before
  await createTendClient({ webUrl, apiUrl, session })
    .auth.logout()
    .catch(() =>
      note(`The session before in the profile ${name} could not be ended on its server.`),
    )
}

function chooseServer(options: LoginOptions, before: Profile | null) {
  const webUrl = parseAddress(options.webUrl ?? before?.webUrl ?? localWebUrl)
  const isSameServer = before !== null && before.webUrl === webUrl
  const known = isSameServer ? before.apiUrl : webUrl === localWebUrl ? localApiUrl : undefined
  const apiUrl = options.apiUrl ?? known
  if (apiUrl === undefined) {
    throw new CliError(
      'usage',
      `The address of the API that belongs to ${webUrl} is missing: add --api-url, as in --api-url https://api.tend.example`,
    )
  }
  return { webUrl, apiUrl: parseAddress(apiUrl) }
}

function parseAddress(text: string): string {
  const url = z.url({ protocol: /^https?$/ }).safeParse(text)
  if (url.success && new URL(url.data).href === `${new URL(url.data).origin}/`)
    return new URL(url.data).origin
  throw new CliError(
    'usage',
    `“${clean(text)}” is no address of a server: write one such as https://tend.example, without a path`,
  )
}

async function readCredentials(option: string | undefined) {
  const environment = readEnvironment()
  const email =
    option ??
    environment.TEND_EMAIL ??
    (await askText(
      'Email',
      'There is no terminal to ask for the email: set TEND_EMAIL or add --email',
    ))
  const password =
    environment.TEND_PASSWORD ??
    (await askSecret('Password', 'There is no terminal to ask for the password: set TEND_PASSWORD'))
  const credentials = loginSchema.safeParse({ email, password })
  if (credentials.success) return credentials.data
  const [issue] = credentials.error.issues
  throw new CliError('usage', `The ${issue?.path.join('.')} is not valid: ${issue?.message}`)
}
