import { getAuth } from './auth.ts'

/** The session that a page was asked for with, and whose it is; null without one. Throws when the database is away. */
export function findSession(acceptedHeaders: Headers) {
  // Prolonging a session sets a cookie, which a page cannot; the browser's next call for a token does it.
  return getAuth().api.getSession({ headers: acceptedHeaders, query: { disableRefresh: true } })
}
