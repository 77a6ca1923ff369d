import { type ApiFetcher, type ApiFetcherArgs, ContractNoBody, tsRestFetchApi } from '@ts-rest/core'
import { authResultSchema } from '../account.ts'
import type { AccessTokenSource } from './access-token-source.ts'
import { NetworkError, UnexpectedAnswerError } from './errors.ts'
import { mergeCookies, type SessionStore } from './session-cookies.ts'

/** A request without an answer is given up after this many milliseconds. */
const TIMEOUT = 30_000

/**
 * Sends one request through ts-rest's own fetcher, which checks the answer against the contract. Throws a
 * {@link NetworkError} or an {@link UnexpectedAnswerError}; an abort by the caller passes through.
 */
const send: ApiFetcher = async (args) => {
  const callerSignal = args.fetchOptions?.signal ?? undefined
  const timeout = AbortSignal.timeout(TIMEOUT)
  const signal = callerSignal ? AbortSignal.any([callerSignal, timeout]) : timeout
  try {
    const answer = await tsRestFetchApi({ ...args, fetchOptions: { ...args.fetchOptions, signal } })
    // ts-rest gives an empty Blob where its own types, and the contract, say that there is no body.
    const hasBody = args.route.responses[answer.status] !== ContractNoBody
    return hasBody ? answer : { ...answer, body: undefined }
  } catch (error) {
    if (callerSignal?.aborted) throw error
    const isTransport = error instanceof TypeError || error instanceof DOMException
    if (isTransport)
      throw new NetworkError(`No answer from ${new URL(args.path).origin}`, { cause: error })
    const place = `${args.method} ${new URL(args.path).pathname}`
    throw new UnexpectedAnswerError(`The answer to ${place} is not in the contract`, {
      cause: error,
    })
  }
}

/** Sends requests with the access token; one refused with 401 is sent once more with a new token. */
export function createBearerFetcher(tokens: AccessTokenSource): ApiFetcher {
  return async (args) => {
    const token = await tokens.get()
    const answer = await send(withHeaders(args, { authorization: `Bearer ${token}` }))
    if (answer.status !== 401) return answer
    const next = await tokens.replace(token)
    if (next === token) return answer
    return send(withHeaders(args, { authorization: `Bearer ${next}` }))
  }
}

/** Sends requests with the session's cookie, and hands every access token in an answer to the token source. */
export function createSessionFetcher(
  tokens: () => AccessTokenSource,
  webUrl: string,
  store: SessionStore | null,
): ApiFetcher {
  return async (args) => {
    const answer = store === null ? await send(args) : await sendWithCookies(args, webUrl, store)
    const result = authResultSchema.safeParse(answer.body)
    if (result.success) tokens().accept(result.data)
    if (answer.status === 204) tokens().clear()
    return answer
  }
}

async function sendWithCookies(args: ApiFetcherArgs, webUrl: string, store: SessionStore) {
  const kept = await store.read()
  // Browsers say where a request comes from by themselves; elsewhere the client has to.
  const answer = await send(
    withHeaders(args, { origin: webUrl, ...(kept !== null && { cookie: kept }) }),
  )
  const setCookies = answer.headers.getSetCookie()
  if (setCookies.length > 0) await store.write(mergeCookies(kept, setCookies))
  return answer
}

function withHeaders(args: ApiFetcherArgs, headers: Record<string, string>): ApiFetcherArgs {
  return { ...args, headers: { ...args.headers, ...headers } }
}
