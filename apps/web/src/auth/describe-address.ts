/**
 * An address of a session as people read it. Better Auth keeps of an IPv6 address its network alone, the first 64 bits written
 * out, which it takes for one household; it is shown in its short form (RFC 5952) with that length.
 */
export function describeAddress(stored: string | null | undefined): string | null {
  if (!stored) return null
  if (!stored.includes(':')) return stored
  const short = URL.parse(`http://[${stored}]`)?.hostname.slice(1, -1)
  // No other machine has an address in that network (RFC 4291, section 2.5.3).
  if (short === '::') return '::1'
  return short === undefined ? stored : `${short}/64`
}
