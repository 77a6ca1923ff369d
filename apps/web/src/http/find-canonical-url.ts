import type { IncomingMessage } from 'node:http'
import { isLoopbackHost } from '@tend/runtime/client-address'

/**
 * Where a page is that was asked for under another name of this machine, as in 127.0.0.1 for localhost; null for all
 * else. Signing in would fail under the other name, because the request's origin is not WEB_URL's.
 */
export function findCanonicalUrl(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  webUrl: string,
): string | null {
  const { method, url = '', headers } = request
  if (method !== 'GET' || !headers.accept?.includes('text/html')) return null
  const asked = URL.parse(`http://${headers.host}`)
  const own = new URL(webUrl)
  if (asked === null || asked.hostname === own.hostname || asked.port !== own.port) return null
  return isLoopbackHost(asked.hostname) && isLoopbackHost(own.hostname) ? own.origin + url : null
}
