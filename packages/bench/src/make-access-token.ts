import { createHmac, randomUUID } from 'node:crypto'
import {
  ACCESS_TOKEN_ALGORITHM,
  ACCESS_TOKEN_TYPE,
  accessTokenClaimsSchema,
  accessTokenKeyId,
} from '@tend/contracts/access-token'

/** How long tokens of the benchmark live, in seconds: longer than a run. */
export const TOKEN_LIFETIME = 3_600

/** Signs an access token as the web app does. */
export async function makeAccessToken(
  person: { id: string; email: string },
  { secret, issuer, audience }: { secret: string; issuer: string; audience: string },
): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  const header = {
    alg: ACCESS_TOKEN_ALGORITHM,
    typ: ACCESS_TOKEN_TYPE,
    kid: await accessTokenKeyId(secret),
  }
  const claims = accessTokenClaimsSchema.parse({
    sub: person.id,
    email: person.email,
    sid: randomUUID(),
    iss: issuer,
    aud: audience,
    iat,
    exp: iat + TOKEN_LIFETIME,
    jti: randomUUID(),
  })
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
