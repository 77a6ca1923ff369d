import type { IncomingMessage } from 'node:http'
import { getAuth } from './auth.ts'
import { findSession } from './find-session.ts'

/** Whether somebody is signed in, for the page that only wants to know that. Without a database nobody is. */
export async function isSignedIn({ headers }: Pick<IncomingMessage, 'headers'>): Promise<boolean> {
  if (headers.cookie === undefined) return false
  try {
    const accepted = getAuth().acceptCookies(new Headers({ cookie: headers.cookie }))
    return (await findSession(accepted)) !== null
  } catch {
    return false
  }
}
