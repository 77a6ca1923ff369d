import type { AccessToken, CurrentSession } from '@tend/contracts'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { REQUESTED_PATH_HEADER } from '../http/requested-path.ts'
import { getAuth } from './auth.ts'
import { findSession } from './find-session.ts'
import { parseNextPath } from './next-path.ts'

/** Who is signed in, until when, and a fresh access token to call the API with. */
export type SignedIn = CurrentSession & { accessToken: AccessToken }

/**
 * Who is signed in, for server components; null when nobody is. Asks the database once per request.
 * Throws when the database is away.
 */
export const getCurrentSession = cache(async (): Promise<SignedIn | null> => {
  const { acceptCookies, issueAccessToken } = getAuth()
  const requestHeaders = acceptCookies(new Headers(await headers()))
  const found = await findSession(requestHeaders)
  if (found === null) return null
  const { user, session } = found
  return {
    user: {
      id: user.id,
      email: user.email,
      name: user.name,
      createdAt: user.createdAt.toISOString(),
      updatedAt: user.updatedAt.toISOString(),
    },
    session: { id: session.id, expiresAt: session.expiresAt.toISOString() },
    accessToken: await issueAccessToken({ user, session }, requestHeaders),
  }
})

/** Who is signed in; a stranger is sent to sign in and comes back to the page as it was asked for. */
export async function requireSession(): Promise<SignedIn> {
  const signedIn = await getCurrentSession()
  if (signedIn) return signedIn
  const nextPath = parseNextPath((await headers()).get(REQUESTED_PATH_HEADER))
  // Slashes may stand in a query as they are (RFC 3986, section 3.4), and read better.
  redirect(`/login?next=${encodeURIComponent(nextPath).replaceAll('%2F', '/')}`)
}
