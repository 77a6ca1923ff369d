import type { AccessToken } from '@tend/contracts'
import { type Logger, logEvent } from '@tend/runtime/logger'
import type { WebEnvironment } from '../env.ts'
import { describeRequest } from './describe-request.ts'
import { type AccessTokenSubject, createAccessTokenSigner } from './sign-access-token.ts'

/** Issues an access token and logs that it did; `headers` are those of the request that asks for it. */
export type IssueAccessToken = (
  subject: AccessTokenSubject,
  headers: Headers | undefined,
) => Promise<AccessToken>

/** Makes the issuer of access tokens: from WEB_URL, for API_URL. */
export function createTokenIssuer({
  environment,
  log,
}: {
  environment: WebEnvironment
  log: Logger
}): IssueAccessToken {
  const sign = createAccessTokenSigner({
    secret: environment.JWT_SECRET,
    issuer: environment.WEB_URL,
    audience: environment.API_URL,
    lifetime: environment.ACCESS_TOKEN_TTL,
  })
  return async (subject, headers) => {
    const token = await sign(subject)
    logEvent(log, 'auth.token.issued', {
      ...describeRequest(headers),
      userId: subject.user.id,
      sessionId: subject.session.id,
    })
    return token
  }
}
