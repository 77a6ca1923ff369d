import { hasErrorCode } from '@tend/database/is-database-unavailable'
import { ProblemError } from '../errors/problem-error.ts'
import type { Auth } from './create-auth.ts'
import { readBetterAuthProblem } from './read-better-auth-problem.ts'
import { gatherDatabaseErrors } from './swallowed-errors.ts'

/** A request for one of Better Auth's endpoints, `path` below its base path. */
type BetterAuthRequest = {
  method: string
  path: string
  headers: Headers
  body?: unknown
}

/** A good answer of Better Auth, without the session token; `headers` are those worth keeping. */
type BetterAuthAnswer = { status: number; body: unknown; headers: Headers }

/** Asks Better Auth over its HTTP handler. Throws a problem, or the error of the database behind one. */
export type ForwardToBetterAuth = (request: BetterAuthRequest) => Promise<BetterAuthAnswer>

const uniqueViolation = new Set(['23505'])
const keptHeaders = ['location', 'set-cookie']

/**
 * Makes the one way into Better Auth: through its handler, where its cookies, CSRF checks, hooks and rate limits are,
 * and not through its functions, which leave some of them out.
 */
export function createForwarder(auth: Auth, site: string): ForwardToBetterAuth {
  return (request) =>
    gatherDatabaseErrors(async (errors) => {
      // Two people took one email at the same moment, or one while the other's link was under way; this one came second.
      const isRace = () => errors.some((error) => hasErrorCode(error, uniqueViolation))
      const headers = auth.acceptCookies(request.headers)
      const handling = auth.handler(createRequest({ ...request, headers }, site))
      const response = await handling.catch((error: unknown) => {
        throw isRace() ? new ProblemError('EMAIL_TAKEN') : error
      })
      const body = await readBody(response)
      if (isRace() && !response.ok) throw new ProblemError('EMAIL_TAKEN')
      const [failure] = errors
      if (failure !== undefined && !isRace()) throw failure
      if (response.status >= 400) throw readBetterAuthProblem(response, body)
      return { status: response.status, body: withoutTokens(body), headers: keepHeaders(response) }
    })
}

function createRequest({ method, path, headers, body }: BetterAuthRequest, site: string): Request {
  const forwarded = new Headers(headers)
  for (const name of ['content-length', 'transfer-encoding', 'connection']) forwarded.delete(name)
  const url = `${site}/api/auth${path}`
  if (method === 'GET') return new Request(url, { headers: forwarded })
  forwarded.set('content-type', 'application/json')
  return new Request(url, { method, headers: forwarded, body: JSON.stringify(body ?? {}) })
}

async function readBody(response: Response): Promise<unknown> {
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  const text = await response.text()
  return isJson && text !== '' ? JSON.parse(text) : undefined
}

function keepHeaders(response: Response): Headers {
  const kept = [...response.headers].filter(([name]) => keptHeaders.includes(name))
  return new Headers(kept)
}

/** Whoever has the session token has the session: it belongs in the HttpOnly cookie and in no body. */
function withoutTokens(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTokens)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([key]) => key !== 'token')
  return Object.fromEntries(members.map(([key, member]) => [key, withoutTokens(member)]))
}
