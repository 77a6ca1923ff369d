const FALLBACK_PATH = '/dashboard'

// Never asked: it only shows whether a path leads away from the site it is resolved on.
const thisSite = 'http://site.invalid'

/**
 * The page to go to after signing in: a path of this site, or the dashboard when the value is anything else.
 *
 * Source: OWASP, unvalidated redirects and forwards; URL standard, section 4.4: browsers drop tabs and newlines and
 * take a backslash for a slash, so that `/\evil.example` and `/<tab>/evil.example` lead to another site.
 */
export function parseNextPath(value: unknown): string {
  if (typeof value !== 'string' || value.length > 2048 || !isPlainPath(value)) return FALLBACK_PATH
  const url = URL.parse(value, thisSite)
  if (url?.origin !== thisSite || !isPlainHoweverDecoded(url.pathname)) return FALLBACK_PATH
  return url.pathname + url.search + url.hash
}

/** Whether it starts with exactly one slash and has neither a backslash nor a control character. */
function isPlainPath(path: string): boolean {
  return /^\/(?!\/)[^\\\p{Cc}\p{Cs}]*$/u.test(path)
}

/** The same for what a proxy or framework makes of the path by decoding it, once or several times. */
function isPlainHoweverDecoded(pathname: string): boolean {
  let path = pathname
  for (let round = 0; round < 5; round += 1) {
    if (!isPlainPath(path)) return false
    const decoded = decode(path)
    if (decoded === path) return true
    if (decoded === null) return false
    path = decoded
  }
  return false
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
