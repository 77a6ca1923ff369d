import { ProblemError } from '../errors/problem-error.ts'

/**
 * Refuses requests from pages of other sites: 403 when `Origin` names another site. Browsers send it with every POST; a
 * request without one comes from a program of its own, as long as nothing else in it speaks of a browser. With
 * `isRequired` a missing `Origin` is refused as well.
 *
 * Source: OWASP, cross-site request forgery prevention cheat sheet, "Verifying origin with standard headers".
 */
export function checkOrigin(
  headers: Headers,
  { site, isRequired }: { site: string; isRequired: boolean },
): void {
  const origin = headers.get('origin')
  if (origin === site) return
  const isFromBrowser = headers.has('sec-fetch-site') || headers.has('referer')
  if (origin === null && !isRequired && !isFromBrowser) return
  throw new ProblemError('ORIGIN_REFUSED')
}
