import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { getEnvironment } from './env.ts'
import { createContentSecurityPolicy } from './http/content-security-policy.ts'
import { describeRequestedPath, REQUESTED_PATH_HEADER } from './http/requested-path.ts'

/**
 * Gives every page its Content-Security-Policy. Next.js takes the nonce for its own scripts from the request's
 * header, so pages have to be rendered per request. Who may see a page is decided in the page and in the API, not here.
 */
export default function proxy(request: NextRequest): NextResponse {
  const environment = getEnvironment()
  const nonce = randomBytes(16).toString('base64')
  const policy = createContentSecurityPolicy({
    nonce,
    apiUrl: environment.NEXT_PUBLIC_API_URL,
    isSecure: environment.WEB_URL.startsWith('https:'),
    isDevelopment: environment.NODE_ENV === 'development',
  })
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set(REQUESTED_PATH_HEADER, describeRequestedPath(request.nextUrl))
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = { matcher: '/((?!api/|_next/static/|_next/image).*)' }
