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

/** Says at the start what is missing for mail, and what that means. */
export function reportMail(): void {
  const { smtpUrl, logsLinks, log } = describeMail()
  if (smtpUrl !== undefined) return
  const message = logsLinks
    ? 'mail is off: set SMTP_URL to send it; links go to this log until then'
    : 'mail is off: set SMTP_URL to send it; until then nobody gets a link for a new password or to confirm an address'
  log.warn({ event: 'mail.off' }, message)
}

/** How mail is sent here, or what happens instead. */
function describeMail() {
  const { NODE_ENV, SMTP_URL, MAIL_FROM, WEB_URL } = getEnvironment()
  // A site on a loopback address has no users but those of its own machine, who read its log.
  const logsLinks = NODE_ENV !== 'production' || isLoopbackHost(new URL(WEB_URL).hostname)
  const from = MAIL_FROM ?? `Tend <tend@${new URL(WEB_URL).hostname}>`
  return { smtpUrl: SMTP_URL, from, site: WEB_URL, logsLinks, log: getLog() }
}
