import { writeSync } from 'node:fs'
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

const STANDARD_OUTPUT = 1

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
    destination ?? createOutput(),
  )
}

/** How long lines are gathered before they are written, in milliseconds. */
const GATHER_TIME = 20

/**
 * Standard output, written to without blocking, several lines at a time: each write goes through another thread. What is left is
 * written when the process ends.
 */
function createOutput(): DestinationStream {
  const output = pino.destination({ sync: false, minLength: 0 })
  let lines = ''
  const take = () => {
    const taken = lines
    lines = ''
    return taken
  }
  process.on('exit', () => {
    try {
      if (lines !== '') writeSync(STANDARD_OUTPUT, take())
    } catch {
      // Nobody reads any more.
    }
  })
  return {
    write(line) {
      if (lines === '') setTimeout(() => output.write(take()), GATHER_TIME).unref()
      lines += line
    },
  }
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
