import { accountContract, userSchema } from '@tend/contracts'
import { z } from 'zod'
import { type ContractHandler, serveContract } from '../http/contract-adapter.ts'
import { checkOrigin } from './check-origin.ts'
import { describeAddress } from './describe-address.ts'
import { describeDevice } from './describe-device.ts'
import type { ExportTasks } from './export-tasks.ts'
import type { ForwardToBetterAuth } from './forward-to-better-auth.ts'

type AccountRoutesOptions = {
  forward: ForwardToBetterAuth
  exportTasks: ExportTasks
  /** Sends the link for a new password if there is such an account; returns at once. */
  startPasswordReset: (email: string, headers: Headers) => void
  /** WEB_URL. */
  site: string
}

const momentSchema = z.iso.datetime({ precision: 3 })

const ownSessionsSchema = z.object({
  user: userSchema,
  currentId: z.uuid(),
  sessions: z.array(
    z.object({
      id: z.uuid(),
      createdAt: momentSchema,
      updatedAt: momentSchema,
      expiresAt: momentSchema,
      ipAddress: z.string().nullish(),
      userAgent: z.string().nullish(),
    }),
  ),
})

const readOnlyMethods = new Set(['GET', 'HEAD', 'OPTIONS'])
const openPaths: string[] = [
  accountContract.forgotPassword.path,
  accountContract.resetPassword.path,
]

/** Serves the account routes of the contract over Better Auth. What it refuses is thrown as a problem. */
export function createAccountRoutes(options: AccountRoutesOptions): ContractHandler {
  const { forward, exportTasks, startPasswordReset, site } = options

  const authorize = (request: Request) => {
    if (readOnlyMethods.has(request.method)) return
    const isRequired = !openPaths.includes(new URL(request.url).pathname)
    checkOrigin(request.headers, { site, isRequired })
  }

  const post = async (request: Request, path: string, body?: unknown) => {
    const headers = new Headers(request.headers)
    // Better Auth wants an Origin with every cookie; `authorize` has let this request pass.
    headers.set('origin', site)
    const answer = await forward({ method: 'POST', path, headers, body })
    return answer.headers
  }

  const readOwnSessions = async (request: Request) => {
    const { body } = await forward({ method: 'GET', path: '/sessions', headers: request.headers })
    const { user, currentId, sessions } = ownSessionsSchema.parse(body)
    const items = sessions
      .map((session) => describeSession(session, currentId))
      .sort((a, b) => b.lastUsedAt.localeCompare(a.lastUsedAt))
    return { user, items }
  }

  return serveContract(accountContract, authorize, {
    updateProfile: async ({ body, request }) => {
      const headers = await post(request, '/update-user', body)
      const { user } = await readOwnSessions(request)
      return { status: 200, body: user, headers }
    },

    changePassword: async ({ body, request }) => {
      return {
        status: 204,
        body: undefined,
        headers: await post(request, '/change-password', body),
      }
    },

    changeEmail: async ({ body, request }) => {
      return { status: 202, body: undefined, headers: await post(request, '/email', body) }
    },

    forgotPassword: async ({ body, request }) => {
      const headers = await post(request, '/forgot-password', body)
      startPasswordReset(body.email, request.headers)
      return { status: 202, body: undefined, headers }
    },

    resetPassword: async ({ body, request }) => {
      return { status: 204, body: undefined, headers: await post(request, '/reset-password', body) }
    },

    listSessions: async ({ request }) => {
      const { items } = await readOwnSessions(request)
      return { status: 200, body: { items } }
    },

    endSession: async ({ params, request }) => {
      return { status: 204, body: undefined, headers: await post(request, '/end-session', params) }
    },

    endOtherSessions: async ({ request }) => {
      const headers = await post(request, '/revoke-other-sessions')
      return { status: 204, body: undefined, headers }
    },

    exportAccount: async ({ request }) => {
      const { user, items } = await readOwnSessions(request)
      const sessions = items.map(({ isCurrent: _, ...session }) => session)
      const tasks = await exportTasks(user.id)
      const exportedAt = new Date().toISOString()
      const headers = new Headers({
        'Content-Disposition': `attachment; filename="tend-${exportedAt.slice(0, 10)}.json"`,
      })
      return { status: 200, body: { version: 1, exportedAt, user, sessions, tasks }, headers }
    },

    deleteAccount: async ({ body, request }) => {
      return { status: 204, body: undefined, headers: await post(request, '/account/delete', body) }
    },
  })
}

type OwnSession = z.output<typeof ownSessionsSchema>['sessions'][number]

function describeSession(session: OwnSession, currentId: string) {
  const { id, createdAt, updatedAt, expiresAt, ipAddress, userAgent } = session
  return {
    id,
    isCurrent: id === currentId,
    device: describeDevice(userAgent),
    address: describeAddress(ipAddress),
    createdAt,
    lastUsedAt: updatedAt,
    expiresAt,
  }
}
