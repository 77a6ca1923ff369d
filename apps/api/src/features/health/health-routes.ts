import type { Hono } from 'hono'
import { ProblemError } from '../../errors/problem-error.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { ApiEnv } from '../../http/request-scope.ts'
import { sendJson } from '../../http/send.ts'
import type { Readiness } from './create-readiness.ts'

const paths = { live: '/health/live', ready: '/health/ready' }

/** Serves the two questions of an orchestrator: does the process live, and should it be sent requests. */
export function serveHealth(app: Hono<ApiEnv>, readiness: Readiness): void {
  app.get(paths.live, (c) => {
    const scope = c.get('scope')
    scope.route = paths.live
    return sendJson(scope, { status: 200, body: { status: 'live' } })
  })
  app.get(paths.ready, async (c) => {
    const scope = c.get('scope')
    scope.route = paths.ready
    if (await readiness.isReady())
      return sendJson(scope, { status: 200, body: { status: 'ready' } })
    throw new ProblemError('UNAVAILABLE', { headers: { 'Retry-After': '2' } })
  })
  for (const path of Object.values(paths)) refuseOtherMethods(app, path, ['GET'])
}
