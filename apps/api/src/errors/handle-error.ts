import { isDatabaseUnavailable } from '@tend/database/is-database-unavailable'
import type { Logger } from '@tend/runtime/logger'
import type { Context } from 'hono'
import type { ApiEnv } from '../http/request-scope.ts'
import { sendProblem } from '../http/send.ts'
import { ProblemError } from './problem-error.ts'

/** How long a client should wait before it asks a database that was away again, in seconds. */
const RETRY_AFTER = '2'

/** Turns whatever was thrown into problem details. What is not expected is logged here and shown to nobody. */
export function createErrorHandler(log: Logger) {
  return (error: Error, c: Context<ApiEnv>): Response => {
    const scope = c.get('scope')
    if (error instanceof ProblemError) return sendProblem(scope, error.code, error.details)
    const { requestId } = scope
    if (isDatabaseUnavailable(error)) {
      log.error({ requestId, err: error }, 'the database is not available')
      return sendProblem(scope, 'UNAVAILABLE', { headers: { 'Retry-After': RETRY_AFTER } })
    }
    log.error({ requestId, err: error }, 'a request failed')
    return sendProblem(scope, 'INTERNAL_ERROR')
  }
}
