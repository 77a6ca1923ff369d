import type { Hono } from 'hono'
import { preflightHeaders } from './cors.ts'
import type { ApiEnv } from './request-scope.ts'
import { sendJson, sendProblem } from './send.ts'

/**
 * Answers the methods a known path does not take: 405 with `Allow` (RFC 9110, section 15.5.6), and OPTIONS, which is
 * how browsers ask before a request from another origin. Call it after the path's own handlers.
 */
export function refuseOtherMethods(app: Hono<ApiEnv>, path: string, methods: readonly string[]) {
  const taken = methods.includes('GET') ? ['HEAD', ...methods] : methods
  const allow = [...new Set([...taken, 'OPTIONS'])].sort().join(', ')
  app.all(path, (c) => {
    const scope = c.get('scope')
    scope.route = path
    if (c.req.method !== 'OPTIONS') {
      return sendProblem(scope, 'METHOD_NOT_ALLOWED', { headers: { Allow: allow } })
    }
    return sendJson(scope, { status: 204, headers: { Allow: allow, ...preflightHeaders(allow) } })
  })
}
