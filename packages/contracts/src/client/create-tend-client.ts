import { initClient } from '@ts-rest/core'
import type { AccessToken } from '../account.ts'
import { accountContract } from '../account-contract.ts'
import { authContract } from '../auth-contract.ts'
import { tasksContract } from '../tasks-contract.ts'
import {
  type AccessTokenSource,
  createAccessTokenSource,
  fixedAccessToken,
} from './access-token-source.ts'
import { ProblemError, SessionEndedError } from './errors.ts'
import { createBearerFetcher, createSessionFetcher } from './fetchers.ts'
import { createMemorySessionStore, type SessionStore } from './session-cookies.ts'
import { unwrap } from './unwrap.ts'

export * from './errors.ts'
export { createMemorySessionStore, type SessionStore } from './session-cookies.ts'
export { type SuccessBody, unwrap } from './unwrap.ts'

/** Where Tend is, and where the session is kept. */
export type TendClientOptions = {
  /** Public address of the web app, which signs people in. */
  webUrl: string
  /** Public address of the API. */
  apiUrl: string
  /** `browser` leaves the session's cookie to the browser; elsewhere a store keeps it. Told apart by default. */
  session?: 'browser' | SessionStore
}

/** The typed client of Tend. */
export type TendClient = ReturnType<typeof createTendClient>

/**
 * Makes a client of all routes. It gets access tokens by itself: one request at a time, ahead of the end of the old
 * token, and again after a 401. Calls answer as the contract says; {@link unwrap} turns them into values and errors.
 * Any call may throw a {@link SessionEndedError} or a NetworkError.
 */
export function createTendClient(options: TendClientOptions) {
  const isBrowser = typeof document !== 'undefined'
  const session = options.session ?? (isBrowser ? 'browser' : createMemorySessionStore())
  const tokens = createAccessTokenSource(requestToken)
  const withSession = {
    baseUrl: options.webUrl,
    credentials: 'include',
    validateResponse: true,
    api: createSessionFetcher(() => tokens, options.webUrl, session === 'browser' ? null : session),
  } as const
  const auth = initClient(authContract, withSession)

  async function requestToken(): Promise<AccessToken> {
    try {
      return await unwrap(auth.token())
    } catch (error) {
      if (!(error instanceof ProblemError && error.problem.status === 401)) throw error
      throw new SessionEndedError('The session has ended; sign in again', { cause: error })
    }
  }

  return {
    auth,
    account: initClient(accountContract, withSession),
    tasks: createTasksClient(options.apiUrl, tokens),
    /** Gets the access token ahead, so that the first call does not wait for it. Throws as a call would. */
    async ready(): Promise<void> {
      await tokens.get()
    },
  }
}

/** Makes a client of the task routes alone, for a server that already holds an access token. */
export function createTasksClientWithToken(apiUrl: string, accessToken: string) {
  return createTasksClient(apiUrl, fixedAccessToken(accessToken))
}

function createTasksClient(apiUrl: string, tokens: AccessTokenSource) {
  return initClient(tasksContract, {
    baseUrl: apiUrl,
    validateResponse: true,
    api: createBearerFetcher(tokens),
  })
}
