import type { AccessTokenClaims } from '@tend/contracts/access-token'
import { type Logger, logEvent } from '@tend/runtime/logger'
import type { Telemetry } from '@tend/runtime/telemetry'
import type { Context } from 'hono'
import { ProblemError } from '../errors/problem-error.ts'
import type { ApiEnv, RequestScope } from '../http/request-scope.ts'
import type { TokenVerifier } from './create-token-verifier.ts'

type AuthenticateOptions = {
  verifier: TokenVerifier
  log: Logger
  telemetry: Pick<Telemetry, 'countRefusedToken'> | undefined
}

const bearer = /^bearer +/i

/**
 * Finds out whose request this is, by its access token alone; throws the 401 problem. Only the Authorization header
 * counts: a cookie could be sent by a foreign page, a query ends up in logs (RFC 6750, sections 2.1 and 5.3).
 * Returns what the token says.
 */
export async function authenticate(
  c: Context<ApiEnv>,
  options: AuthenticateOptions,
): Promise<AccessTokenClaims> {
  const scope = c.get('scope')
  const authorization = c.req.header('authorization') ?? ''
  if (!bearer.test(authorization)) throw refuse(scope, options, 'no_token')
  const check = await options.verifier.verify(authorization.replace(bearer, ''))
  if ('refusal' in check) throw refuse(scope, options, check.refusal)
  scope.userId = check.claims.sub
  return check.claims
}

function refuse(
  scope: RequestScope,
  { log, telemetry }: AuthenticateOptions,
  reason: string,
): ProblemError {
  telemetry?.countRefusedToken(reason)
  const { requestId, address, route } = scope
  logEvent(log, 'auth.token.refused', { requestId, address, reason, ...(route && { route }) })
  return invalidToken()
}

/** The one answer to every request whose token does not count (RFC 6750, section 3.1). */
export function invalidToken(): ProblemError {
  return new ProblemError('INVALID_TOKEN', {
    headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  })
}
