import { type ProblemCode, problemFieldSchema } from '@tend/contracts'
import { z } from 'zod'
import { ProblemError } from '../errors/problem-error.ts'

const problemBodySchema = z
  .object({
    code: z.string().catch(''),
    errors: z.array(problemFieldSchema).optional().catch(undefined),
  })
  .catch({ code: '' })

/** Better Auth's codes whose status does not say it all. */
const codesByTheirCode: Record<string, ProblemCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'INVALID_CREDENTIALS',
  INVALID_PASSWORD: 'INVALID_CREDENTIALS',
  EMAIL_NOT_VERIFIED: 'EMAIL_NOT_VERIFIED',
  INVALID_TOKEN: 'LINK_EXPIRED',
  TOKEN_EXPIRED: 'LINK_EXPIRED',
  SESSION_NOT_FOUND: 'SESSION_NOT_FOUND',
  USER_ALREADY_EXISTS: 'EMAIL_TAKEN',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'EMAIL_TAKEN',
  INVALID_ORIGIN: 'ORIGIN_REFUSED',
  MISSING_OR_NULL_ORIGIN: 'ORIGIN_REFUSED',
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: 'ORIGIN_REFUSED',
  FAILED_TO_CREATE_USER: 'INTERNAL_ERROR',
}

const codesByStatus: Record<number, ProblemCode> = {
  // The JSON was read before Better Auth saw it: what it still refuses are values.
  400: 'VALIDATION_FAILED',
  401: 'NO_SESSION',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  422: 'VALIDATION_FAILED',
  429: 'RATE_LIMITED',
}

/**
 * Turns an error answer of Better Auth into a problem of our own. Nothing of its texts gets out; the errors of a 422
 * come from our own hooks.
 */
export function readBetterAuthProblem(response: Response, body: unknown): ProblemError {
  const { code: theirCode, errors } = problemBodySchema.parse(body)
  const code = codesByTheirCode[theirCode] ?? codesByStatus[response.status] ?? 'INTERNAL_ERROR'
  return new ProblemError(code, {
    ...(errors && { errors }),
    headers: {
      ...(code === 'RATE_LIMITED' && { 'Retry-After': readRetryAfter(response.headers) }),
      ...(code === 'METHOD_NOT_ALLOWED' && { Allow: 'GET' }),
    },
  })
}

function readRetryAfter(headers: Headers): string {
  return headers.get('retry-after') ?? headers.get('x-retry-after') ?? '60'
}
