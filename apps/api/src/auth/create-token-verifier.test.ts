import { describe, expect, it } from 'vitest'
import { createTokenVerifier } from './create-token-verifier.ts'
import { audience, issuer, makeToken, secret, timeToLive } from './test-tokens.ts'

const start = Math.floor(Date.now() / 1000)

const endedSessions = { has: () => false }

async function setUp() {
  const time = { now: start * 1000 }
  const clock = () => time.now
  const verifier = await createTokenVerifier({
    secrets: [secret],
    issuer,
    audience,
    timeToLive,
    clock,
    endedSessions,
  })
  return { verifier, time }
}

describe('a token that was verified before', () => {
  it('is admitted at once, without a promise', async () => {
    const { verifier } = await setUp()
    const token = makeToken()
    const first = verifier.verify(token)
    expect(first).toBeInstanceOf(Promise)
    const claims = await first
    expect(verifier.verify(token)).toEqual(claims)
  })

  it('is admitted until 5 s after its end and refused from then on', async () => {
    const { verifier, time } = await setUp()
    const token = makeToken({ claims: { iat: start, exp: start + 60 } })
    await verifier.verify(token)
    time.now = (start + 64) * 1000
    expect(verifier.verify(token)).toHaveProperty('claims')
    time.now = (start + 65) * 1000
    expect(verifier.verify(token)).toEqual({ refusal: 'expired' })
  })

  it('is told apart from the same token with another signature', async () => {
    const { verifier } = await setUp()
    const token = makeToken()
    await verifier.verify(token)
    const forged = `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(43)}`
    expect(await verifier.verify(forged)).toEqual({ refusal: 'bad_signature' })
  })

  it('is not admitted by a verifier whose secrets have changed', async () => {
    const token = makeToken()
    const secrets = ['another secret of more than thirty-two bytes']
    const verifier = await createTokenVerifier({
      secrets,
      issuer,
      audience,
      timeToLive,
      clock: Date.now,
      endedSessions,
    })
    expect(await verifier.verify(token)).toEqual({ refusal: 'unknown_key' })
  })
})

describe('a verifier', () => {
  it.each([
    [-60, 'bad_claim_iat'],
    [60, 'expired'],
  ])('whose clock is %d s off refuses a token at the edge of its life', async (offset, refusal) => {
    const { verifier, time } = await setUp()
    time.now += offset * 1000
    const iat = offset < 0 ? start : start - timeToLive
    const token = makeToken({ claims: { iat, exp: iat + timeToLive } })
    expect(await verifier.verify(token)).toEqual({ refusal })
  })
})
