import { initClient } from '@ts-rest/core'
import { z } from 'zod'
import type { AccessToken } from '../account.ts'
import { accountContract } from '../account-contract.ts'
import { authContract } from '../auth-contract.ts'
import { tasksContract } from '../tasks-contract.ts'
import {
  type AccessTokenSource,
  createAccessTokenSource,
  fixedAccessToken,
} from './access-token-source.ts'
import { NetworkError, ProblemError, SessionEndedError, UnexpectedAnswerError } from './errors.ts'
import { exportTasks, type TaskExportFormat } from './export-tasks.ts'
import { saysThatServerIsAway } from './fetch-authorized.ts'
import { createBearerFetcher, createSessionFetcher } from './fetchers.ts'
import { type FollowTaskEventsOptions, followTaskEvents } from './follow-task-events.ts'
import { retryPassing } from './retry-passing.ts'
import { createMemorySessionStore, type SessionStore } from './session-cookies.ts'
import { shareRenewal } from './share-renewal.ts'
import { unwrap } from './unwrap.ts'

export * from './errors.ts'
export type { TaskExportFormat } from './export-tasks.ts'
export type { FollowedEvent, FollowTaskEventsOptions } from './follow-task-events.ts'
export { createMemorySessionStore, type SessionStore } from './session-cookies.ts'
export { type Answer, type SuccessBody, unwrap } from './unwrap.ts'

/** Where Tend is, and where the session is kept. */
export type TendClientOptions = {
  /** Public address of the web app, which signs people in. */
  webUrl: string
  /** Public address of the API. */
  apiUrl: string
  /** `browser` leaves the session's cookie to the browser; elsewhere a store keeps it. Told apart by default. */
  session?: 'browser' | SessionStore
  /**
   * In a browser, the person whose page this is. All pages of that person share one request for a new token; when
   * somebody else has signed in meanwhile, calls throw a {@link SessionEndedError} and never act for the other one.
   */
  userId?: string
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
  const { userId } = options
  const tokens = createAccessTokenSource({
    // A person waits out a moment without connection; a program gets the failure and decides for itself.
    requestToken: session === 'browser' ? () => retryPassing(requestToken) : requestToken,
    sharing: session === 'browser' && userId !== undefined ? shareRenewal(userId) : null,
  })
  const withSession = {
    baseUrl: options.webUrl,
    credentials: 'include',
    validateResponse: true,
    api: createSessionFetcher(() => tokens, options.webUrl, session === 'browser' ? null : session),
  } as const
  const auth = initClient(authContract, withSession)

  async function requestToken(): Promise<AccessToken> {
    const answer = await auth.token()
    const token = await unwrap(Promise.resolve(answer)).catch((error: unknown) => {
      if (error instanceof UnexpectedAnswerError && saysThatServerIsAway(answer.status))
        throw new NetworkError(`No answer from ${options.webUrl}`, { cause: error })
      if (!(error instanceof ProblemError && error.problem.status === 401)) throw error
      throw new SessionEndedError('The session has ended; sign in again', { cause: error })
    })
    if (userId === undefined || readSubject(token.accessToken) === userId) return token
    throw new SessionEndedError('Somebody else has signed in in this browser')
  }

  return {
    auth,
    account: initClient(accountContract, withSession),
    tasks: createTasksClient(options.apiUrl, tokens),
    /** Gets the access token ahead, so that the first call does not wait for it. Throws as a call would. */
    async ready(): Promise<void> {
      await tokens.get()
    },
    /** Follows the changes of the person's tasks as they happen, across connections. */
    followTaskEvents: (follow: FollowTaskEventsOptions = {}) =>
      followTaskEvents({ apiUrl: options.apiUrl, tokens }, follow),
    /** Downloads all tasks outside the trash; the answer's body is read as it arrives. */
    exportTasks: (format: TaskExportFormat, signal?: AbortSignal) =>
      exportTasks({ apiUrl: options.apiUrl, tokens }, format, signal),
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

/** Whom a token speaks for, by its own word; the API alone verifies it. */
function readSubject(accessToken: string): string | null {
  const [, payload = ''] = accessToken.split('.')
  try {
    const json: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    return z.object({ sub: z.string() }).parse(json).sub
  } catch {
    return null
  }
}
