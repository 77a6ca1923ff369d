import {
  accessTokenSchema,
  authContract,
  currentSessionSchema,
  type Register,
} from '@tend/contracts'
import { ProblemError } from '../errors/problem-error.ts'
import { type ContractHandler, serveContract } from '../http/contract-adapter.ts'
import { checkOrigin } from './check-origin.ts'
import type { Auth } from './create-auth.ts'
import type { ForwardToBetterAuth } from './forward-to-better-auth.ts'
import { findPasswordProblem } from './password-policy.ts'

type AuthRoutesOptions = {
  forward: ForwardToBetterAuth
  issueAccessToken: Auth['issueAccessToken']
  /** Where addresses have to be confirmed: makes the account, or writes to who has it; returns at once. */
  startRegistration: ((values: Register & { name: string }, headers: Headers) => void) | null
  /** WEB_URL. */
  site: string
}

/**
 * Serves the sign-in routes of the contract; each asks Better Auth and answers in the contract's shapes.
 * What Better Auth refuses is thrown as a problem.
 */
export function createAuthRoutes({
  forward,
  issueAccessToken,
  startRegistration,
  site,
}: AuthRoutesOptions): ContractHandler {
  const authorize = (request: Request) => {
    if (request.method !== 'POST') return
    const isRequired = new URL(request.url).pathname === authContract.token.path
    checkOrigin(request.headers, { site, isRequired })
  }

  const post = (request: Request, path: string, body?: unknown) => {
    const headers = new Headers(request.headers)
    // Better Auth wants an Origin with every cookie; `authorize` has let this request pass.
    headers.set('origin', site)
    return forward({ method: 'POST', path, headers, body })
  }

  const signIn = async (request: Request, path: string, body: unknown) => {
    const { body: answer, headers } = await post(request, path, body)
    const { user, session } = currentSessionSchema.parse(answer)
    const token = await issueAccessToken({ user, session }, request.headers)
    return { body: { user, ...token }, headers }
  }

  return serveContract(authContract, authorize, {
    register: async ({ body, request }) => {
      const wrong = findPasswordProblem(body.password, ['body', 'password'], body.email)
      if (wrong) throw new ProblemError('VALIDATION_FAILED', { errors: [wrong] })
      const name = body.name ?? body.email.split('@', 1).join()
      if (startRegistration !== null) {
        await post(request, '/count-registration', { email: body.email })
        startRegistration({ ...body, name }, request.headers)
        return { status: 202, body: undefined }
      }
      return { status: 201, ...(await signIn(request, '/sign-up/email', { ...body, name })) }
    },

    login: async ({ body, request }) => {
      return { status: 200, ...(await signIn(request, '/sign-in/email', body)) }
    },

    logout: async ({ request }) => {
      const { headers } = await post(request, '/sign-out')
      return { status: 204, body: undefined, headers }
    },

    session: async ({ request }) => {
      const path = '/get-session'
      const { body, headers } = await forward({ method: 'GET', path, headers: request.headers })
      // Better Auth clears the cookie of a session that has ended.
      if (body === null) throw new ProblemError('NO_SESSION', { headers })
      return { status: 200, body: currentSessionSchema.parse(body), headers }
    },

    token: async ({ request }) => {
      const { body, headers } = await post(request, '/token')
      return { status: 200, body: accessTokenSchema.parse(body), headers }
    },
  })
}
