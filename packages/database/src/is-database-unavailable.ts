/**
 * Whether an error says that the database is away, starting, full or too slow, and not that a query is wrong.
 * The request may succeed later: an HTTP server answers 503.
 *
 * Source: PostgreSQL, appendix A (error codes); Node's system errors; messages of pg without a code.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  return someCause(error, (cause) => isConnectionLost(cause) || isOverloaded(cause))
}

/** Whether an error means that the connection it came from is of no further use. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = describeError(error)
  if (code !== undefined) return code.startsWith('08') || lostConnectionCodes.has(code)
  return lostConnectionMessages.some((pattern) => pattern.test(message))
}

/** Whether an error carries one of these PostgreSQL or system error codes. */
export function hasErrorCode(error: unknown, codes: ReadonlySet<string>): boolean {
  const { code } = describeError(error)
  return code !== undefined && codes.has(code)
}

/** What pg's pool says after a wait for a free connection, and we after a shorter one. */
export const queueTimeoutMessage = 'timeout exceeded when trying to connect'

function isOverloaded(error: unknown): boolean {
  const { code, message } = describeError(error)
  if (code !== undefined) return code.startsWith('53') || overloadCodes.has(code)
  return message === queueTimeoutMessage
}

const lostConnectionCodes = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: starting up, shutting down, in recovery
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
])

const overloadCodes = new Set([
  '57014', // query_canceled: statement_timeout
  '55P03', // lock_not_available: lock_timeout
  '40P01', // deadlock_detected: the same request succeeds when sent again
  '58030', // io_error
])

const lostConnectionMessages = [
  /^Connection terminated/,
  /^Client has encountered a connection error/,
  /^Client was closed and is not queryable/,
  /^Query read timeout$/,
  /^timeout expired$/,
]

function someCause(error: unknown, matches: (error: unknown) => boolean): boolean {
  let cause = error
  for (let depth = 0; depth < 5 && cause !== undefined && cause !== null; depth += 1) {
    if (matches(cause)) return true
    // Node tries every address of a host and gathers the refusals.
    if (cause instanceof AggregateError && cause.errors.some(matches)) return true
    cause = cause instanceof Error ? cause.cause : undefined
  }
  return false
}

function describeError(error: unknown): { code: string | undefined; message: string } {
  if (!(error instanceof Error)) return { code: undefined, message: '' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { code, message: error.message }
}
