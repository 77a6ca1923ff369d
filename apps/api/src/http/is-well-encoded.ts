/** Whether the path and the query of a URL are percent-encoded UTF-8 (RFC 3986, section 2.1; RFC 3629). */
export function isWellEncoded(url: string): boolean {
  if (!url.includes('%')) return true
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}
