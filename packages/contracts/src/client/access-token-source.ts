import { z } from 'zod'
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

/** A token with the times, in milliseconds, from which it should be renewed and at which it ends. */
export const heldTokenSchema = z.object({
  token: z.string(),
  renewAt: z.number(),
  endsAt: z.number(),
})

export type HeldToken = z.infer<typeof heldTokenSchema>

/** Shares renewals with the other pages of the same person. */
export type RenewalSharing = {
  /** Renews through `request`, unless another page is at it: then waits for a usable token of that page. */
  renew(
    request: () => Promise<HeldToken>,
    isUsable: (token: HeldToken) => boolean,
  ): Promise<HeldToken>
  /** Calls the listener with every token that another page has renewed. */
  onToken(listener: (token: HeldToken) => void): void
}

type AccessTokenSourceOptions = {
  /** Asks for a new token. */
  requestToken: () => Promise<AccessToken>
  /** Null where nobody else renews for the same person. */
  sharing?: RenewalSharing | null
  /** The time in milliseconds. */
  now?: () => number
}

/** A token is renewed when a fifth of its life is left, and at most this many milliseconds before its end. */
const LONGEST_MARGIN = 30_000

/** So shortly before its end, in milliseconds, a token may end on its way and is not used any more. */
const LONGEST_WAY = 2_000

/**
 * Keeps an access token in memory and renews it: early, while calls go on with the old one, and with one request in
 * flight however many calls wait for it. While an early renewal fails and the token still lives, the token is used.
 */
export function createAccessTokenSource(options: AccessTokenSourceOptions): AccessTokenSource {
  const { requestToken, sharing = null, now = Date.now } = options
  let held: HeldToken | null = null
  let refusedToken: string | null = null
  let renewal: Promise<string> | null = null
  // Counts sign-ins and sign-outs: a renewal that was under way across one belongs to the old session.
  let era = 0

  const isUsable = (token: HeldToken) => token.token !== refusedToken && now() < token.renewAt

  sharing?.onToken((token) => {
    if (isUsable(token)) held = token
  })

  function startEra(): void {
    era += 1
    held = null
    renewal = null
  }

  async function request(): Promise<HeldToken> {
    // The life is counted from before the request, so a slow answer never makes a token look younger than it is.
    const requestedAt = now()
    return timeToken(await requestToken(), requestedAt)
  }

  async function takeNext(): Promise<string> {
    const startedIn = era
    const next = sharing === null ? await request() : await sharing.renew(request, isUsable)
    if (era === startedIn) held = next
    return next.token
  }

  function renew(): Promise<string> {
    if (renewal !== null) return renewal
    const started = takeNext().finally(() => {
      if (renewal === started) renewal = null
    })
    renewal = started
    return started
  }

  return {
    async get() {
      const current = held
      if (current === null || now() >= endOfUse(current)) return renew()
      // The caller need not wait for it; if it fails, a later call tries again.
      if (now() >= current.renewAt) renew().catch(() => {})
      return current.token
    },
    async replace(refused) {
      refusedToken = refused
      // Another call may have replaced the refused token already.
      if (held !== null && held.token !== refused && now() < held.endsAt) return held.token
      held = null
      return renew()
    },
    accept(token) {
      startEra()
      held = timeToken(token, now())
    },
    clear: startEra,
  }
}

function timeToken(token: AccessToken, requestedAt: number): HeldToken {
  const lifetime = token.expiresIn * 1000
  const endsAt = requestedAt + lifetime
  return {
    token: token.accessToken,
    renewAt: endsAt - Math.min(lifetime / 5, LONGEST_MARGIN),
    endsAt,
  }
}

function endOfUse({ renewAt, endsAt }: HeldToken): number {
  return Math.max(renewAt, endsAt - LONGEST_WAY)
}

/** A source of one token that is never renewed, as a server has it while it answers one request. */
export function fixedAccessToken(token: string): AccessTokenSource {
  const get = () => Promise.resolve(token)
  return { get, replace: get, accept() {}, clear() {} }
}
