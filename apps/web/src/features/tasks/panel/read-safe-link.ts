const SAFE = new Set(['http:', 'https:', 'mailto:'])

/**
 * The address of a link in a note, as a browser reads it; null unless it is a whole http, https or mailto address, so that
 * no note can run a script or lead somewhere within Tend (OWASP, cross-site scripting prevention).
 */
export function readSafeLink(url: string | undefined): string | null {
  if (url === undefined) return null
  try {
    // Without a base: what has no scheme of its own is no address.
    const { protocol, href } = new URL(url)
    return SAFE.has(protocol) ? href : null
  } catch {
    return null
  }
}
