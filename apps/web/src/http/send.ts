import { createProblem, PROBLEM_MEDIA_TYPE, type ProblemCode } from '@tend/contracts'
import type { ProblemDetails } from '../errors/problem-error.ts'

/** Headers of every JSON answer: nothing of it may be kept, framed or shown as a page. */
const commonHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
}

/** Answers in JSON, or without a body when there is none. Statuses from 400 on are problem details. */
export function sendJson(status: number, body: unknown, given?: HeadersInit): Response {
  const headers = new Headers(given)
  for (const [name, value] of Object.entries(commonHeaders)) headers.set(name, value)
  if (body === undefined) return new Response(null, { status, headers })
  headers.set('Content-Type', status < 400 ? 'application/json' : PROBLEM_MEDIA_TYPE)
  return new Response(JSON.stringify(body), { status, headers })
}

/** Answers with problem details (RFC 9457). */
export function sendProblem(
  code: ProblemCode,
  requestId: string,
  { headers, ...details }: ProblemDetails = {},
): Response {
  const problem = createProblem(code, { requestId, ...details })
  return sendJson(problem.status, problem, headers)
}
