import { createLogger, type Logger } from '@tend/runtime/logger'
import { getEnvironment } from './env.ts'

let log: Logger | undefined

/** The log of the web app. */
export function getLog(): Logger {
  log ??= createLogger({ name: 'tend-web', level: getEnvironment().LOG_LEVEL })
  return log
}
