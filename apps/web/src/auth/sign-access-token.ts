import { randomUUID } from 'node:crypto'
import type { AccessToken } from '@tend/contracts'
import {
  ACCESS_TOKEN_ALGORITHM,
  ACCESS_TOKEN_TYPE,
  type AccessTokenClaims,
  type AccessTokenHeader,
  accessTokenKeyId,
} from '@tend/contracts/access-token'
import { SignJWT } from 'jose'

/** Whom an access token is for, and the session it ends with. */
export type AccessTokenSubject = {
  user: { id: string; email: string }
  session: { id: string }
}

/** Signs an access token for somebody who is signed in. */
export type SignAccessToken = (subject: AccessTokenSubject) => Promise<AccessToken>

/** Where tokens come from, where they are accepted, and for how many seconds. */
export type AccessTokenOptions = {
  secret: string
  issuer: string
  audience: string
  lifetime: number
}

/** Makes the signer of access tokens; the key is imported once. */
export function createAccessTokenSigner(options: AccessTokenOptions): SignAccessToken {
  const signing = prepareSigning(options.secret)
  return async ({ user, session }) => {
    const { key, header } = await signing
    const iat = Math.floor(Date.now() / 1000)
    const claims: AccessTokenClaims = {
      sub: user.id,
      email: user.email,
      sid: session.id,
      iss: options.issuer,
      aud: options.audience,
      iat,
      exp: iat + options.lifetime,
      jti: randomUUID(),
    }
    const accessToken = await new SignJWT(claims).setProtectedHeader(header).sign(key)
    return { accessToken, tokenType: 'Bearer', expiresIn: options.lifetime }
  }
}

async function prepareSigning(
  secret: string,
): Promise<{ key: CryptoKey; header: AccessTokenHeader }> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const bytes = new TextEncoder().encode(secret)
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign'])
  const kid = await accessTokenKeyId(secret)
  return { key, header: { alg: ACCESS_TOKEN_ALGORITHM, typ: ACCESS_TOKEN_TYPE, kid } }
}
