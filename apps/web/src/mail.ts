import { isLoopbackHost } from '@tend/runtime/client-address'
import { getEnvironment } from './env.ts'
import { getLog } from './log.ts'
import { createMailer, type Mailer } from './mail/create-mailer.ts'

declare global {
  var tendMailer: Mailer | undefined
}

/** The one sender of mail of this process. It hangs on the global object for the same reason as the database does. */
export function getMailer(): Mailer {
  globalThis.tendMailer ??= createMailer(describeMail())
  return globalThis.tendMailer
}

/** How mail is sent here, or what happens instead. */
export function describeMail() {
  const { NODE_ENV, SMTP_URL, MAIL_FROM, WEB_URL } = getEnvironment()
  // A site on a loopback address has no users but those of its own machine, who read its log.
  const logsLinks = NODE_ENV !== 'production' || isLoopbackHost(new URL(WEB_URL).hostname)
  const from = MAIL_FROM ?? `Tend <tend@${new URL(WEB_URL).hostname}>`
  return { smtpUrl: SMTP_URL, from, site: WEB_URL, logsLinks, log: getLog() }
}
