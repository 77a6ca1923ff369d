import type { User } from '@tend/contracts'
import { createTendClient, type TendClient } from '@tend/contracts/client'
import { z } from 'zod'
import { CliError } from '../cli-error.ts'
import { chooseProfile, openOwnProfiles } from '../connection.ts'
import { clean, note } from '../output.ts'
import type { Profile } from '../profiles.ts'

/** Which server and account; what is not said is that of the profile, or this machine. */
export type SignInOptions = {
  profile?: string | undefined
  webUrl?: string | undefined
  apiUrl?: string | undefined
}

const localWebUrl = 'http://localhost:3000'
const localApiUrl = 'http://localhost:4000'

/** What came of signing in: who it is now, or nobody yet because the address has to be confirmed. */
type SignedIn = { user: User } | { toConfirm: string }

/** Signs in the way that `send` does it, and keeps the session in the profile. */
export async function signIn<Credentials>(
  options: SignInOptions,
  readCredentials: () => Promise<Credentials>,
  send: (tend: TendClient, credentials: Credentials) => Promise<SignedIn>,
): Promise<void> {
  const name = chooseProfile(options.profile)
  const profiles = openOwnProfiles()
  const before = await profiles.read(name)
  const { webUrl, apiUrl } = chooseServer(options, before)
  const open = [webUrl, apiUrl].find(canBeOverheard)
  if (open !== undefined) {
    note(
      `Beware: ${open} is no https address, so others on the way can read your password and tasks.`,
    )
  }
  const credentials = await readCredentials()
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
  const signedIn = await send(tend, credentials)
  if ('toConfirm' in signedIn) {
    note(`A mail is on its way to ${clean(signedIn.toConfirm)}: follow its link, then sign in.`)
    return
  }
  const { email } = signedIn.user
  await profiles.write(name, { webUrl, apiUrl, email, cookies })
  note(`Signed in to ${webUrl} as ${clean(email)}.`)
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

function chooseServer(options: SignInOptions, before: Profile | null) {
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

/** Whether an address is neither https nor one of this machine. */
function canBeOverheard(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'http:' && !/^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
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
