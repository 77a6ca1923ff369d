import type { AccessToken } from '../account.ts'

/** Where the client takes its access tokens from. */
export type AccessTokenSource = {
  /** The current token, renewed beforehand when it is about to end. */
  get(): Promise<string>
  /** A token other than the one that was refused. */
  replace(refused: string): Promise<string>
  /** Takes a token that came with registering or signing in. */
  accept(token: AccessToken): void
  /** Forgets the token, as after signing out. */
  clear(): void
}

type HeldToken = { token: string; renewAt: number; endsAt: number }

/** A token is renewed when a fifth of its life is left, and at most this many milliseconds before its end. */
const LONGEST_MARGIN = 30_000

/**
 * Keeps an access token in memory and renews it through `requestToken`: early, and with one request in flight however
 * many calls wait for it. While an early renewal fails and the token still lives, the token is used.
 */
export function createAccessTokenSource(
  requestToken: () => Promise<AccessToken>,
  now: () => number = Date.now,
): AccessTokenSource {
  let held: HeldToken | null = null
  let renewal: Promise<string> | null = null
  // Counts sign-ins and sign-outs: a renewal that was under way across one belongs to the old session.
  let era = 0

  function hold(token: AccessToken, requestedAt: number): void {
    const lifetime = token.expiresIn * 1000
    const endsAt = requestedAt + lifetime
    held = {
      token: token.accessToken,
      renewAt: endsAt - Math.min(lifetime / 5, LONGEST_MARGIN),
      endsAt,
    }
  }

  function startEra(): void {
    era += 1
    held = null
    renewal = null
  }

  async function request(): Promise<string> {
    // The life is counted from before the request, so a slow answer never makes a token look younger than it is.
    const requestedAt = now()
    const startedIn = era
    const token = await requestToken()
    if (era === startedIn) hold(token, requestedAt)
    return token.accessToken
  }

  function renew(): Promise<string> {
    if (renewal !== null) return renewal
    const started = request().finally(() => {
      if (renewal === started) renewal = null
    })
    renewal = started
    return started
  }

  return {
    async get() {
      const current = held
      if (current === null || now() >= current.endsAt) return renew()
      if (now() < current.renewAt) return current.token
      return renew().catch((error: unknown) => {
        if (held?.token === current.token && now() < current.endsAt) return current.token
        throw error
      })
    },
    async replace(refused) {
      // Another call may have replaced the refused token already.
      if (held !== null && held.token !== refused && now() < held.endsAt) return held.token
      held = null
      return renew()
    },
    accept(token) {
      startEra()
      hold(token, now())
    },
    clear: startEra,
  }
}

/** A source of one token that is never renewed, as a server has it while it answers one request. */
export function fixedAccessToken(token: string): AccessTokenSource {
  const get = () => Promise.resolve(token)
  return { get, replace: get, accept() {}, clear() {} }
}
