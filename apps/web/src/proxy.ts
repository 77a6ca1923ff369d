import { randomBytes } from 'node:crypto'
import { isLoopbackHost } from '@tend/runtime/client-address'
import { type NextRequest, NextResponse } from 'next/server'
import { getEnvironment } from './env.ts'
import { createContentSecurityPolicy } from './http/content-security-policy.ts'

/**
 * Gives every page its Content-Security-Policy. Next.js takes the nonce for its own scripts from the request's
 * header, so pages have to be rendered per request. Who may see a page is decided in the page and in the API, not here.
 */
export default function proxy(request: NextRequest): NextResponse {
  const environment = getEnvironment()
  const elsewhere = findCanonicalUrl(request, environment.WEB_URL)
  if (elsewhere) return NextResponse.redirect(elsewhere)
  const nonce = randomBytes(16).toString('base64')
  const policy = createContentSecurityPolicy({
    nonce,
    apiUrl: environment.NEXT_PUBLIC_API_URL,
    isSecure: environment.WEB_URL.startsWith('https:'),
    isDevelopment: environment.NODE_ENV === 'development',
  })
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/**
 * Where a page is asked for under another name of this machine (127.0.0.1 for localhost): signing in would fail
 * there, because the request's origin is not WEB_URL's.
 */
function findCanonicalUrl(request: NextRequest, webUrl: string): URL | null {
  const asked = URL.parse(`http://${request.headers.get('host')}`)
  const own = new URL(webUrl)
  if (asked === null || asked.hostname === own.hostname || asked.port !== own.port) return null
  if (!isLoopbackHost(asked.hostname) || !isLoopbackHost(own.hostname)) return null
  return new URL(request.nextUrl.pathname + request.nextUrl.search, own)
}

export const config = { matcher: '/((?!api/|_next/static/|_next/image).*)' }
