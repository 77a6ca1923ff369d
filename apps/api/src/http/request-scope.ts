import { randomUUID } from 'node:crypto'
import {
  findClientAddress,
  isTrustedProxy,
  type TrustedProxies,
} from '@tend/runtime/client-address'

/** What is known of a request from its first line to its last log line. */
export type RequestScope = {
  readonly requestId: string
  /** The address of the person's machine. */
  readonly address: string
  /** Headers that every answer to this request carries. */
  readonly headers: Record<string, string>
  /** The pattern of the matched route, as in `/api/tasks/:id`. */
  route?: string
  /** Set once the access token is verified. */
  userId?: string
}

/** The types of the Hono app: `c.get('scope')`, and the peer's address, which the Node server knows. */
export type ApiEnv = {
  Bindings: { incoming?: { socket: { remoteAddress?: string | undefined } } }
  Variables: { scope: RequestScope }
}

const requestIdShape = /^[\w.:-]{8,128}$/

/** Begins a request: its id, the client's address, and the headers of its answer. */
export function createRequestScope(
  request: Request,
  peer: string | undefined,
  options: { trustedProxies: TrustedProxies; headers: Record<string, string> },
): RequestScope {
  const forwardedFor = request.headers.get('x-forwarded-for') ?? undefined
  const requestId = findRequestId(request, peer, options.trustedProxies) ?? randomUUID()
  return {
    requestId,
    address: findClientAddress(peer, forwardedFor, options.trustedProxies),
    headers: { ...options.headers, 'X-Request-Id': requestId },
  }
}

/** The id a trusted proxy gave the request; anybody else could only use it to confuse the log. */
function findRequestId(
  request: Request,
  peer: string | undefined,
  trustedProxies: TrustedProxies,
): string | null {
  const given = request.headers.get('x-request-id')
  if (given === null || peer === undefined || !requestIdShape.test(given)) return null
  return isTrustedProxy(peer, trustedProxies) ? given : null
}
