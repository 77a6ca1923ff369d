import { createProblem, PROBLEM_MEDIA_TYPE, type ProblemCode } from '@tend/contracts'
import type { ProblemDetails } from '../errors/problem-error.ts'
import type { RequestScope } from './request-scope.ts'

type Answer = { status: number; body?: unknown; headers?: Record<string, string> | undefined }

/** Answers in JSON, or without a body when there is none. Statuses from 400 on are problem details. */
export function sendJson(scope: RequestScope, { status, body, headers }: Answer): Response {
  // Headers as a plain object, all at once: the Node server writes them without building a Headers object.
  if (body === undefined) {
    return new Response(null, { status, headers: { ...scope.headers, ...headers } })
  }
  const contentType = status < 400 ? 'application/json' : PROBLEM_MEDIA_TYPE
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...scope.headers, 'Content-Type': contentType, ...headers },
  })
}

/** Answers with a body that is made while it is sent. */
export function sendStream(
  scope: RequestScope,
  {
    status,
    stream,
    headers,
  }: { status: number; stream: ReadableStream; headers: Record<string, string> },
): Response {
  return new Response(stream, { status, headers: { ...scope.headers, ...headers } })
}

/** Answers with problem details (RFC 9457). */
export function sendProblem(
  scope: RequestScope,
  code: ProblemCode,
  { headers, ...details }: ProblemDetails = {},
): Response {
  const body = createProblem(code, { requestId: scope.requestId, ...details })
  return sendJson(scope, { status: body.status, body, headers })
}
