import { randomBytes, randomUUID } from 'node:crypto'
import { accessTokenSchema } from '@tend/contracts'
import {
  ACCESS_TOKEN_MAX_LENGTH,
  ACCESS_TOKEN_SHAPE,
  accessTokenClaimsSchema,
  accessTokenHeaderSchema,
  accessTokenKeyId,
} from '@tend/contracts/access-token'
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAccessTokenSigner } from './sign-access-token.ts'

const secret = randomBytes(32).toString('base64')
const issuer = 'https://tend.example'
const audience = 'https://api.tend.example'
const sign = createAccessTokenSigner({ secret, issuer, audience, lifetime: 300 })
const user = { id: randomUUID(), email: 'ada@example.org' }
const session = { id: randomUUID() }
const now = new Date('2026-11-21T09:30:00.900Z')

describe('an access token', () => {
  beforeEach(() => vi.useFakeTimers({ now, toFake: ['Date'] }))
  afterEach(() => vi.useRealTimers())

  it('has exactly the header of the contract', async () => {
    const { accessToken } = await sign({ user, session })
    const header = decodeProtectedHeader(accessToken)
    expect(accessTokenHeaderSchema.parse(header)).toEqual(header)
    expect(header).toEqual({ alg: 'HS256', typ: 'at+jwt', kid: await accessTokenKeyId(secret) })
  })

  it('has exactly the claims of the contract', async () => {
    const { accessToken } = await sign({ user, session })
    const claims = decodeJwt(accessToken)
    expect(accessTokenClaimsSchema.strict().parse(claims)).toEqual(claims)
    const iat = Date.parse('2026-11-21T09:30:00Z') / 1000
    expect(claims).toEqual({
      sub: user.id,
      email: user.email,
      sid: session.id,
      iss: issuer,
      aud: audience,
      iat,
      exp: iat + 300,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it('is verified by another implementation with the same secret, and by no other secret', async () => {
    const { accessToken } = await sign({ user, session })
    const options = { algorithms: ['HS256'], typ: 'at+jwt', issuer, audience }
    const verified = await jwtVerify(accessToken, new TextEncoder().encode(secret), options)
    expect(verified.payload.sub).toBe(user.id)
    const other = randomBytes(32)
    await expect(jwtVerify(accessToken, other, options)).rejects.toThrow('signature')
  })

  it('has the one shape the API takes, and stays below its size even with the longest email', async () => {
    const email = `${'ü'.repeat(240)}@example.org`
    const { accessToken } = await sign({ user: { ...user, email }, session })
    expect(accessToken).toMatch(ACCESS_TOKEN_SHAPE)
    expect(accessToken.length).toBeLessThan(ACCESS_TOKEN_MAX_LENGTH)
  })

  it('is handed out as the contract says, with its lifetime in seconds', async () => {
    const answer = await sign({ user, session })
    expect(accessTokenSchema.strict().parse(answer)).toEqual(answer)
    expect(answer).toMatchObject({ tokenType: 'Bearer', expiresIn: 300 })
  })

  it('never has the jti of another', async () => {
    const tokens = await Promise.all(Array.from({ length: 100 }, () => sign({ user, session })))
    const ids = tokens.map(({ accessToken }) => decodeJwt(accessToken).jti)
    expect(new Set(ids).size).toBe(100)
  })
})
