import type { IncomingMessage } from 'node:http'
import { ProblemError } from '../errors/problem-error.ts'
import { isRouterState } from './is-router-state.ts'
import { MAX_BODY_BYTES } from './read-json-body.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Routes, and what Next.js serves for itself (in development also to its overlay); all else are pages. */
const takesAllMethods = /^\/(?:api\/|_)/

/** What is to be refused by the head of a request alone, most of it because Next.js would answer 500. */
export function findRefusal(
  { method = '', url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  { isDraining }: { isDraining: boolean },
): ProblemError | null {
  const allowed = takesAllMethods.test(url) ? methods : ['GET', 'HEAD']
  if (!allowed.includes(method)) {
    return new ProblemError('METHOD_NOT_ALLOWED', { headers: { Allow: allowed.join(', ') } })
  }
  if (!url.startsWith('/') || !isWellEncoded(url)) {
    return malformed('The address is not a path in percent-encoded UTF-8.')
  }
  if (!isRouterState(headers['next-router-state-tree'])) {
    return malformed('The header Next-Router-State-Tree cannot be read.')
  }
  if (isDraining && url === '/api/health') {
    return new ProblemError('UNAVAILABLE', { headers: { 'Retry-After': '5' } })
  }
  if (Number(headers['content-length'] ?? 0) <= MAX_BODY_BYTES) return null
  return new ProblemError('BODY_TOO_LARGE', {
    detail: `The body may have at most ${MAX_BODY_BYTES} bytes.`,
  })
}

function malformed(detail: string): ProblemError {
  return new ProblemError('MALFORMED_REQUEST', { detail })
}

function isWellEncoded(url: string): boolean {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}
