import {
  ACCESS_TOKEN_ALGORITHM,
  ACCESS_TOKEN_CLOCK_TOLERANCE,
  ACCESS_TOKEN_MAX_LENGTH,
  ACCESS_TOKEN_SHAPE,
  ACCESS_TOKEN_TYPE,
  type AccessTokenClaims,
  accessTokenClaimsSchema,
  accessTokenHeaderSchema,
  accessTokenKeyId,
} from '@tend/contracts/access-token'
import { type CryptoKey, errors, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { EndedSessions } from './follow-ended-sessions.ts'
import { parseUniqueJson } from './parse-unique-json.ts'

/** What checking a token came to. The reason is for the log alone; clients are never told. */
export type TokenCheck = { claims: AccessTokenClaims } | { refusal: string }

/** Decides whether an access token may be believed. It answers at once for a token it has verified before. */
export type TokenVerifier = { verify(token: string): TokenCheck | Promise<TokenCheck> }

/** What a verifier goes by. `secrets` are all that may sign, the current one first; `timeToLive` is in seconds. */
export type TokenVerifierOptions = {
  secrets: readonly string[]
  issuer: string
  audience: string
  timeToLive: number
  /** Milliseconds since 1970. */
  clock: () => number
  endedSessions: Pick<EndedSessions, 'has'>
}

type Keys = ReadonlyMap<string, CryptoKey>

const maxVerifiedTokens = 10_000

/**
 * Makes a verifier of access tokens. It goes by the token, the secrets, the clock and the ended sessions in memory; the
 * database is asked only for a good token, and only while those may be incomplete.
 *
 * Source: RFC 8725 (JWT best current practices), RFC 9068, section 4.
 */
export async function createTokenVerifier(options: TokenVerifierOptions): Promise<TokenVerifier> {
  const keys: Keys = new Map(await Promise.all(options.secrets.map(importKey)))
  const verified = new LRUCache<string, AccessTokenClaims>({ max: maxVerifiedTokens })

  // Every use of a token comes through here, also that of a remembered one: what can end a token is looked at each time.
  function admit(claims: AccessTokenClaims): TokenCheck | Promise<TokenCheck> {
    const isExpired = claims.exp <= seconds(options.clock()) - ACCESS_TOKEN_CLOCK_TOLERANCE
    if (isExpired) return { refusal: 'expired' }
    const hasEnded = options.endedSessions.has(claims.sid)
    return typeof hasEnded === 'boolean'
      ? admitUnless(hasEnded, claims)
      : hasEnded.then((ended) => admitUnless(ended, claims))
  }

  async function verifyFirst(token: string): Promise<TokenCheck> {
    const check = await verifyToken(token, keys, options)
    if ('refusal' in check) return check
    verified.set(token, check.claims)
    return admit(check.claims)
  }

  return {
    verify(token) {
      const claims = verified.get(token)
      return claims === undefined ? verifyFirst(token) : admit(claims)
    },
  }
}

function admitUnless(hasEnded: boolean, claims: AccessTokenClaims): TokenCheck {
  return hasEnded ? { refusal: 'session_ended' } : { claims }
}

async function importKey(secret: string): Promise<[string, CryptoKey]> {
  const bytes = new TextEncoder().encode(secret)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes, hmac, false, ['verify'])
  return [await accessTokenKeyId(secret), key]
}

async function verifyToken(
  token: string,
  keys: Keys,
  options: TokenVerifierOptions,
): Promise<TokenCheck> {
  if (token.length > ACCESS_TOKEN_MAX_LENGTH) return { refusal: 'too_long' }
  if (!ACCESS_TOKEN_SHAPE.test(token)) return { refusal: 'bad_shape' }
  const [headerSegment = '', payloadSegment = ''] = token.split('.')
  const header = accessTokenHeaderSchema.safeParse(parseUniqueJson(headerSegment))
  if (!header.success) return { refusal: 'bad_header' }
  const key = keys.get(header.data.kid)
  if (key === undefined) return { refusal: 'unknown_key' }
  const refusal = await verifySignatureAndTimes(token, key, options)
  if (refusal !== null) return { refusal }
  const claims = accessTokenClaimsSchema.safeParse(parseUniqueJson(payloadSegment))
  if (!claims.success) return { refusal: 'bad_claims' }
  const lifetime = claims.data.exp - claims.data.iat
  if (lifetime <= 0 || lifetime > options.timeToLive) return { refusal: 'bad_lifetime' }
  return { claims: claims.data }
}

async function verifySignatureAndTimes(
  token: string,
  key: CryptoKey,
  options: TokenVerifierOptions,
): Promise<string | null> {
  try {
    await jwtVerify(token, key, {
      algorithms: [ACCESS_TOKEN_ALGORITHM],
      typ: ACCESS_TOKEN_TYPE,
      issuer: options.issuer,
      audience: options.audience,
      requiredClaims: ['sub', 'email', 'sid', 'iat', 'exp', 'jti'],
      maxTokenAge: options.timeToLive,
      clockTolerance: ACCESS_TOKEN_CLOCK_TOLERANCE,
      currentDate: new Date(options.clock()),
    })
    return null
  } catch (error) {
    if (error instanceof errors.JOSEError) return describeRefusal(error)
    throw error
  }
}

function describeRefusal(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad_signature'
  if (error instanceof errors.JWTClaimValidationFailed) return `bad_claim_${error.claim}`
  return 'malformed'
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
