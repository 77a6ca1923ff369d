import type { Logger } from '@tend/runtime/logger'
import type { RequestScope } from './request-scope.ts'

/**
 * Writes the one line of a request. The route's pattern stands for its path and nothing for its query: both may
 * hold what people wrote.
 */
export function logRequest(
  log: Logger,
  scope: RequestScope,
  outcome: { method: string; status: number; startedAt: number },
): void {
  const { requestId, route, userId, address } = scope
  const { method, status, startedAt } = outcome
  const ms = Math.round((performance.now() - startedAt) * 10) / 10
  log.info({ requestId, method, route, status, ms, userId, address }, 'request')
}
