import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** The events that operators can alert on; the names are stable. */
export type LogEvent =
  | 'auth.registered'
  | 'auth.login.succeeded'
  | 'auth.login.failed'
  | 'auth.logout'
  | 'auth.token.issued'
  | 'auth.token.refused'
  | 'auth.password.changed'
  | 'auth.password.reset'
  | 'auth.email.changed'
  | 'auth.session.revoked'
  | 'auth.account.deleted'
  | 'access.denied'

/** What an event line carries. Secrets, tokens and passwords have no place in it. */
export type LogEventFields = {
  requestId?: string
  userId?: string
  sessionId?: string
  address?: string
  reason?: string
  route?: string
}

const secretKeys = ['password', 'token', 'accessToken', 'authorization', 'cookie', 'secret']

/**
 * Makes the logger of a server: one JSON line per event on standard output, times in RFC 3339. Errors are reduced to
 * type, message, code and stack, because database errors carry row values in their other properties (OWASP ASVS 5.0, 16.2.5).
 */
export function createLogger(
  options: { name: string; level: string },
  destination?: DestinationStream,
): Logger {
  return pino(
    {
      ...options,
      base: { name: options.name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError },
      redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
    },
    destination ?? pino.destination({ sync: false, minLength: 0 }),
  )
}

function serializeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { type: error.name, message: error.message, code, stack: error.stack }
}

/** Writes one event line. Refusals and failures are warnings, the rest is information. */
export function logEvent(log: Logger, event: LogEvent, fields: LogEventFields): void {
  const isRefusal =
    event.endsWith('.failed') || event.endsWith('.refused') || event === 'access.denied'
  log[isRefusal ? 'warn' : 'info']({ event, ...fields }, event)
}
