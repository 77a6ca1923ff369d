/** Keeps the session's cookies outside a browser: in memory, or in a file as a terminal client does. */
export type SessionStore = {
  read(): Promise<string | null> | string | null
  write(cookies: string | null): Promise<void> | void
}

/** A store that lasts as long as the client. */
export function createMemorySessionStore(): SessionStore {
  let kept: string | null = null
  return {
    read: () => kept,
    write(cookies) {
      kept = cookies
    },
  }
}

/**
 * The `Cookie` header after an answer's `Set-Cookie` headers: new values replace old ones, and a cookie that is cleared
 * with an empty value or `Max-Age=0` goes (RFC 6265, section 5.3). Null when none is left.
 */
export function mergeCookies(kept: string | null, setCookies: string[]): string | null {
  const cookies = new Map((kept ?? '').split('; ').flatMap((pair) => splitPair(pair) ?? []))
  for (const setCookie of setCookies) {
    const [pair = '', ...attributes] = setCookie.split(';')
    const [name, value] = splitPair(pair)?.[0] ?? []
    if (name === undefined || value === undefined) continue
    const isCleared =
      value === '' || attributes.some((text) => /^\s*max-age=(0|-\d+)\s*$/i.test(text))
    if (isCleared) cookies.delete(name)
    else cookies.set(name, value)
  }
  if (cookies.size === 0) return null
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

function splitPair(pair: string): [[string, string]] | null {
  const at = pair.indexOf('=')
  return at > 0 ? [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]] : null
}
