import ipaddr from 'ipaddr.js'

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Address ranges whose X-Forwarded-* headers are believed. */
export type TrustedProxies = readonly Range[]

/** Reads a comma-separated list of addresses and CIDR ranges; null when any of them is not one. */
export function parseTrustedProxies(list: string): TrustedProxies | null {
  const entries = list.split(',').flatMap((entry) => entry.trim() || [])
  const ranges = entries.map(parseRange)
  return ranges.every((range) => range !== null) ? ranges : null
}

function parseRange(entry: string): Range | null {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry)
  const address = parseAddress(entry)
  if (address === null) return null
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

type Address = ipaddr.IPv4 | ipaddr.IPv6 | null

/** The same few proxies and people ask again and again, and parsing is a tenth of a small request. */
const parsedAddresses = new Map<string, Address>()
const mostParsedAddresses = 1_000

/** No address is longer, and nothing longer is kept. */
const longestAddress = 45

/** Parses an address; an IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`) becomes the IPv4 address. */
function parseAddress(text: string): Address {
  const known = parsedAddresses.get(text)
  if (known !== undefined) return known
  const address = parseNewAddress(text)
  if (parsedAddresses.size >= mostParsedAddresses) parsedAddresses.clear()
  if (text.length <= longestAddress) parsedAddresses.set(text, address)
  return address
}

function parseNewAddress(text: string): Address {
  // Only the four-part decimal form: `127.1` or `0x7f000001` are other spellings that no proxy writes.
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)
  return isAddress ? ipaddr.process(text) : null
}

/** Whether the peer is one of the proxies whose X-Forwarded-* headers are believed. */
export function isTrustedProxy(peer: string, trusted: TrustedProxies): boolean {
  const address = parseAddress(peer)
  return address !== null && isInRanges(address, trusted)
}

function isInRanges(address: ipaddr.IPv4 | ipaddr.IPv6, ranges: TrustedProxies): boolean {
  return ranges.some(
    ([range, bits]) => address.kind() === range.kind() && address.match(range, bits),
  )
}

/**
 * The address of the person's machine: the rightmost entry of X-Forwarded-For that is not a trusted proxy, and the
 * peer's own when the peer is not one. Entries further left are the client's own claim and never count.
 */
export function findClientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: TrustedProxies,
): string {
  let nearest = peer === undefined ? null : parseAddress(peer)
  if (nearest === null) return 'unknown'
  const hops = forwardedFor?.split(',').reverse() ?? []
  for (const hop of hops) {
    if (!isInRanges(nearest, trusted)) break
    const address = parseAddress(hop.trim())
    if (address === null) break
    nearest = address
  }
  return nearest.toString()
}

/**
 * Whether a request reached a trusted proxy over plain http, where anybody on the way could read it. Proxies
 * tell in X-Forwarded-Proto, the nearest one last; nobody else is believed.
 */
export function isForwardedHttp(
  peer: string | undefined,
  forwardedProto: string | undefined,
  trusted: TrustedProxies,
): boolean {
  if (peer === undefined || !isTrustedProxy(peer, trusted)) return false
  return forwardedProto?.split(',').at(-1)?.trim().toLowerCase() === 'http'
}

const localRanges = ['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat']

/** Whether an address is none of the internet's: this machine's, or one of a network behind it. */
export function isLocalAddress(text: string): boolean {
  const address = parseAddress(text)
  return address !== null && localRanges.includes(address.range())
}

/** Whether a URL's host name stands for this machine alone. */
export function isLoopbackHost(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true
  return parseAddress(hostname.replace(/^\[|\]$/g, ''))?.range() === 'loopback'
}
