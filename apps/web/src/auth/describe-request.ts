import type { LogEventFields } from '@tend/runtime/logger'

/** What a log line says of where a request came from. `src/main.ts` has set these headers; no client can. */
export function describeRequest(headers: Headers | undefined): LogEventFields {
  const requestId = headers?.get('x-request-id')
  const address = headers?.get('x-forwarded-for')
  return { ...(requestId && { requestId }), ...(address && { address }) }
}
