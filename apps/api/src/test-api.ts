import { randomUUID } from 'node:crypto'
import {
  PROBLEM_MEDIA_TYPE,
  type Problem,
  type ProblemCode,
  problemSchema,
  problems,
} from '@tend/contracts'
import { connectDatabase } from '@tend/database/connect-database'
import { createTestDatabase } from '@tend/database/test-database'
import { createLogger } from '@tend/runtime/logger'
import { expect, vi } from 'vitest'
import { type AppDependencies, createApp } from './app.ts'
import { createTokenVerifier } from './auth/create-token-verifier.ts'
import { followEndedSessions } from './auth/follow-ended-sessions.ts'
import {
  audience,
  issuer,
  makeToken,
  previousSecret,
  secret,
  timeToLive,
} from './auth/test-tokens.ts'
import { createReadiness } from './features/health/create-readiness.ts'
import { createTaskFeed } from './features/tasks/create-task-feed.ts'

/** A person of a test: the id of the account, that of its session, and a token of it. */
export type Person = { id: string; sessionId: string; token: string }

/** A request of a test. A body that is no string or bytes is sent as JSON. */
export type TestRequest = {
  token?: string | undefined
  body?: unknown
  headers?: Record<string, string>
  /** The address that the request comes from; unknown unless it is named. */
  peer?: string
}

/** Starts the real app on a database of its own. */
export async function startTestApi(overrides: Partial<AppDependencies> = {}) {
  const database = await createTestDatabase()
  const pool = connectDatabase(database.url, {
    timestamps: 'iso',
    sharedConnections: { reads: 1, writes: 1 },
  })
  const lines: Record<string, unknown>[] = []
  const counted = { queries: 0 }
  const db = pool.withPlugin({
    transformQuery({ node }) {
      counted.queries += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const clock = overrides.clock ?? Date.now
  const log = createLogger(
    { name: 'test', level: 'info' },
    { write: (line) => lines.push(JSON.parse(line)) },
  )
  const endedSessions = followEndedSessions({ db, databaseUrl: database.url, timeToLive, log })
  const taskFeed = createTaskFeed({ db: pool, databaseUrl: database.url, log })
  await vi.waitFor(() => expect(endedSessions.isUpToDate()).toBe(true), { timeout: 10_000 })
  counted.queries = 0
  const secrets = [secret, previousSecret]
  const app = createApp({
    db,
    verifier: await createTokenVerifier({
      secrets,
      issuer,
      audience,
      timeToLive,
      clock,
      endedSessions,
    }),
    readiness: createReadiness(pool),
    endedSessions,
    taskFeed,
    log,
    clock,
    apiUrl: audience,
    corsOrigins: [issuer],
    trustedProxies: [],
    rateLimitPerMinute: 0,
    ...overrides,
  })

  return {
    app,
    /** The database without the count of queries. */
    pool,
    url: database.url,
    counted,
    /** The log so far, one object a line. */
    lines,
    endedSessions,
    taskFeed,
    /** Adds an account that is signed in. */
    async createPerson(): Promise<Person> {
      const email = `${randomUUID()}@example.org`
      const { id } = await pool
        .insertInto('user')
        .values({ name: 'Ada', email, email_verified: false })
        .returning('id')
        .executeTakeFirstOrThrow()
      const iat = Math.floor(clock() / 1000)
      const sid = randomUUID()
      await pool
        .insertInto('session')
        .values({
          id: sid,
          user_id: id,
          token: randomUUID(),
          expires_at: new Date(clock() + 86_400_000),
          updated_at: new Date(clock()),
        })
        .execute()
      const claims = { sub: id, email, sid, iat, exp: iat + timeToLive }
      return { id, sessionId: sid, token: makeToken({ claims }) }
    },
    /** Sends a request to the app. */
    async send(method: string, path: string, { token, body, headers, peer }: TestRequest = {}) {
      const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array
      const init = {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: isRaw ? new Blob([body]) : JSON.stringify(body) }),
      }
      return app.request(path, init, peer && { incoming: { socket: { remoteAddress: peer } } })
    },
    async close() {
      taskFeed.close()
      await taskFeed.stop()
      await endedSessions.stop()
      await pool.destroy()
      await database.drop()
    },
  }
}

export type TestApi = Awaited<ReturnType<typeof startTestApi>>

/** Checks an answer that is a problem, and gives its body. */
export async function expectProblem(response: Response, code: ProblemCode): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe(PROBLEM_MEDIA_TYPE)
  const body: unknown = await response.json()
  const problem = problemSchema.parse(body)
  expect(body).toEqual(problem)
  expect({ status: response.status, code: problem.code }).toEqual({
    status: problems[code].status,
    code,
  })
  expect(problem.status).toBe(response.status)
  expect(problem.requestId).toBe(response.headers.get('x-request-id'))
  return problem
}
