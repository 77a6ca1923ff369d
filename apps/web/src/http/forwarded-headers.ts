import type { IncomingMessage } from 'node:http'
import {
  findClientAddress,
  isTrustedProxy,
  type TrustedProxies,
} from '@tend/runtime/client-address'

/** Other headers in which proxies tell an address; nothing here believes them, nor does a library get to see them. */
const otherHeaders = ['forwarded', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip']

const hostShape = /^[a-z0-9.-]{1,255}(?::\d{1,5})?$/i

/**
 * Replaces what a request says of its way here by what is known: X-Forwarded-For is afterwards the one address of the
 * client, which is also returned. The other X-Forwarded-* headers stay only when a trusted proxy sent sound values.
 */
export function replaceForwardedHeaders(request: IncomingMessage, trusted: TrustedProxies): string {
  const { headers, socket } = request
  const peer = socket.remoteAddress
  const isProxied = peer !== undefined && isTrustedProxy(peer, trusted)
  const address = findClientAddress(peer, readList(headers['x-forwarded-for']), trusted)
  const proto = isProxied ? readLast(headers['x-forwarded-proto']) : undefined
  const host = isProxied ? readLast(headers['x-forwarded-host']) : undefined
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-forwarded-') || otherHeaders.includes(name)) delete headers[name]
  }
  headers['x-forwarded-for'] = address
  headers['x-forwarded-proto'] = proto === 'https' ? 'https' : 'http'
  if (host !== undefined && hostShape.test(host)) headers['x-forwarded-host'] = host
  return address
}

function readList(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value
}

/** The entry of the nearest proxy. */
function readLast(value: string | string[] | undefined): string | undefined {
  return readList(value)?.split(',').at(-1)?.trim()
}
