import { ProblemError } from '../errors/problem-error.ts'
import { readJsonBody } from '../http/read-json-body.ts'
import { sendJson } from '../http/send.ts'
import type { ForwardToBetterAuth } from './forward-to-better-auth.ts'

/** Serves Better Auth's own endpoints: the same strictness with bodies, the same problems, no session token. */
export async function passToBetterAuth(
  request: Request,
  forward: ForwardToBetterAuth,
): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const path = pathname.replace(/^\/api\/auth/, '') + search
  const { headers } = request
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const body = method === 'GET' ? undefined : await readBody(request)
  const answer = await forward({ method, path, headers, body })
  return sendJson(answer.status, answer.body, answer.headers)
}

async function readBody(request: Request): Promise<unknown> {
  const body = await readJsonBody(request, { isRequired: false })
  if (!hasNul(body)) return body
  const message = 'Must not contain the NUL character'
  throw new ProblemError('VALIDATION_FAILED', {
    errors: [{ path: ['body'], code: 'invalid_format', message }],
  })
}

/** PostgreSQL cannot store NUL, and Better Auth would answer 500. */
function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(hasNul)
}
