import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { accessTokenKeyId } from '@tend/contracts/access-token'

/** Where test tokens come from and go to. */
export const issuer = 'http://web.test'
export const audience = 'http://api.test'

/** How long test tokens live, in seconds. */
export const timeToLive = 300

/** What signs test tokens, and what did before a rotation. */
export const secret = randomBytes(32).toString('base64url')
export const previousSecret = randomBytes(32).toString('base64url')
export const kid = await accessTokenKeyId(secret)

/** Changes to an otherwise good token: a value of undefined leaves the member out. */
export type TokenChanges = {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
  /** Replaces the whole payload, and may be no JSON at all. */
  payload?: string
  key?: string | Buffer
}

/** Makes a token: a good one, or one with whatever changes an attacker may think of. */
export function makeToken({ header, claims, payload, key = secret }: TokenChanges = {}): string {
  const iat = Math.floor(Date.now() / 1000)
  const goodClaims = {
    sub: randomUUID(),
    email: 'ada@example.org',
    sid: randomUUID(),
    iss: issuer,
    aud: audience,
    iat,
    exp: iat + timeToLive,
    jti: randomUUID(),
  }
  return sign(
    JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid, ...header }),
    payload ?? JSON.stringify({ ...goodClaims, ...claims }),
    key,
  )
}

/** Signs any two texts as header and payload with HMAC-SHA-256. */
export function sign(header: string, payload: string, key: string | Buffer): string {
  return signSegments(`${encode(header)}.${encode(payload)}`, key)
}

/** Signs two segments as they are, however they are encoded. */
export function signSegments(segments: string, key: string | Buffer): string {
  return `${segments}.${createHmac('sha256', key).update(segments).digest('base64url')}`
}

/** Base64url without padding. */
export function encode(text: string): string {
  return Buffer.from(text).toString('base64url')
}
