import { createHmac, timingSafeEqual } from 'node:crypto'

/** The secret that signs cookies, and the one that did before or will next. */
export type CookieSecrets = { current: string; previous: string | undefined }

/** Gives headers in which cookies signed with the other secret are signed with the current one. */
export type AcceptPreviousSecret = (headers: Headers) => Headers

/** Of Better Auth's cookies, those that are signed. */
const signedCookie = /^[\w-]*tend\.(?:session_token|device)$/

/**
 * Lets sessions survive a rotation of the secret, for which Better Auth has no way: it checks cookies against one secret
 * alone. The browser gets its cookie with the new signature when its session is next prolonged.
 */
export function createPreviousSecretAcceptor(secrets: CookieSecrets): AcceptPreviousSecret {
  const { current, previous } = secrets
  if (previous === undefined) return (headers) => headers
  return (given) => {
    const cookies = given.get('cookie')
    if (cookies === null) return given
    const headers = new Headers(given)
    const pairs = cookies.split(';').map((pair) => signAgain(pair.trim(), current, previous))
    headers.set('cookie', pairs.join('; '))
    return headers
  }
}

function signAgain(pair: string, current: string, previous: string): string {
  const at = pair.indexOf('=')
  const name = pair.slice(0, at)
  const signed = signedCookie.test(name) ? decode(pair.slice(at + 1)) : null
  const end = signed?.lastIndexOf('.') ?? -1
  if (signed === null || end < 1) return pair
  const value = signed.slice(0, end)
  if (!isEqual(signed.slice(end + 1), sign(value, previous))) return pair
  return `${name}=${encodeURIComponent(`${value}.${sign(value, current)}`)}`
}

/** HMAC with SHA-256 in base64, as Better Auth signs a cookie's value. */
function sign(value: string, secret: string): string {
  return createHmac('sha256', secret).update(value).digest('base64')
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
