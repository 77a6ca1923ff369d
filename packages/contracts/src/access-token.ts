import { z } from 'zod'

/** The one signing algorithm (RFC 7518, section 3.2). */
export const ACCESS_TOKEN_ALGORITHM = 'HS256'

/** The header's `typ`, which keeps other tokens from being taken for access tokens (RFC 9068, section 2.1). */
export const ACCESS_TOKEN_TYPE = 'at+jwt'

/** No token may be longer than this many characters. */
export const ACCESS_TOKEN_MAX_LENGTH = 4096

/** Clocks of issuer and verifier may differ by this many seconds. */
export const ACCESS_TOKEN_CLOCK_TOLERANCE = 5

/**
 * The compact form (RFC 7515, section 3.1): three base64url segments, the last one of 43 characters for 32 bytes.
 * Its last character carries four bits only, so just sixteen characters are canonical; any other
 * would be a second spelling of the same signature.
 */
export const ACCESS_TOKEN_SHAPE =
  /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/** The header of an access token: these three keys and no other. */
export const accessTokenHeaderSchema = z.strictObject({
  alg: z.literal(ACCESS_TOKEN_ALGORITHM),
  typ: z.literal(ACCESS_TOKEN_TYPE),
  kid: z.string().min(1).max(64),
})

/** The claims of an access token (RFC 7519, section 4.1; RFC 9068, section 2.2). Times are in seconds. */
export const accessTokenClaimsSchema = z
  .object({
    sub: z.uuid().meta({ description: "The user's id." }),
    email: z.string().min(1).max(254),
    sid: z.uuid().meta({ description: 'The id of the session the token was issued for.' }),
    iss: z.string().min(1).meta({ description: 'WEB_URL of the issuing server.' }),
    aud: z
      .string()
      .min(1)
      .meta({ description: 'API_URL, the one service that may accept the token.' }),
    iat: z.int(),
    exp: z.int(),
    jti: z.string().min(1).max(64),
  })
  .meta({ id: 'AccessTokenClaims' })

export type AccessTokenHeader = z.infer<typeof accessTokenHeaderSchema>
export type AccessTokenClaims = z.infer<typeof accessTokenClaimsSchema>

/**
 * Names a signing secret: the first 12 bytes of its SHA-256, in base64url. Both servers derive the same `kid`
 * from the same secret, so rotating it needs no other setting (RFC 7515, section 4.1.4).
 */
export async function accessTokenKeyId(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  const first = String.fromCharCode(...new Uint8Array(digest, 0, 12))
  return btoa(first).replaceAll('+', '-').replaceAll('/', '_')
}
