import type { BetterAuthPlugin } from 'better-auth'
import { createAuthEndpoint, sessionMiddleware } from 'better-auth/api'
import type { IssueAccessToken } from './issue-access-token.ts'

/** Adds `POST /token` to Better Auth: an access token for whoever the session cookie says is signed in. */
export function accessTokenPlugin(issueAccessToken: IssueAccessToken) {
  return {
    id: 'tend-access-token',
    endpoints: {
      issueAccessToken: createAuthEndpoint(
        '/token',
        { method: 'POST', use: [sessionMiddleware] },
        async (ctx) => ctx.json(await issueAccessToken(ctx.context.session, ctx.headers)),
      ),
    },
  } satisfies BetterAuthPlugin
}
