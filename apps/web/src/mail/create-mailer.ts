import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@tend/runtime/logger'
import { createTransport } from 'nodemailer'
import { type Mail, writeMail } from './write-mail.ts'

/** Takes a mail to be sent and returns at once: no request waits for it, and none fails because of it. */
export type SendMail = (mail: Mail) => void

export type Mailer = {
  send: SendMail
  /** Resolves when nothing is waiting to be sent. */
  settled: () => Promise<void>
}

export type MailerOptions = {
  /** Unset: mail is off. */
  smtpUrl: string | undefined
  from: string
  /** WEB_URL. */
  site: string
  /** Without an SMTP server: whether links go to the log, so that one can go on on one's own machine. */
  logsLinks: boolean
  log: Logger
  /** Pauses before the second and every further try, in milliseconds. */
  pauses?: readonly number[]
}

const defaultPauses = [1_000, 5_000, 30_000, 120_000]

/** At most this many mails wait at a time; what comes on top is dropped and logged. */
const MAX_WAITING = 1_000

/** Makes the sender of all mail. Failures are tried again a few times and end in the log. */
export function createMailer(options: MailerOptions): Mailer {
  const { log } = options
  const deliver = createDelivery(options)
  const waiting = new Set<Promise<void>>()
  return {
    send(mail) {
      if (waiting.size >= MAX_WAITING) {
        log.error({ event: 'mail.failed', kind: mail.kind, reason: 'QUEUE_FULL' }, 'mail.failed')
        return
      }
      const work = deliver(mail).finally(() => waiting.delete(work))
      waiting.add(work)
    },
    async settled() {
      while (waiting.size > 0) await Promise.all(waiting)
    },
  }
}

function createDelivery(options: MailerOptions): (mail: Mail) => Promise<void> {
  const { smtpUrl, from, site, log, pauses = defaultPauses } = options
  if (smtpUrl === undefined) return (mail) => logInstead(mail, options)
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async (mail) => {
    const { to, subject, text, html } = writeMail(mail, site)
    // The address is given as an object: as text, a comma in it would make two of it.
    const message = { from, to: { name: '', address: to }, subject, text, html }
    for (let attempt = 0; ; attempt += 1) {
      try {
        await transport.sendMail({ ...message, headers: { 'Auto-Submitted': 'auto-generated' } })
        log.info({ event: 'mail.sent', kind: mail.kind }, 'mail.sent')
        return
      } catch (error) {
        const pause = isFinal(error) ? undefined : pauses[attempt]
        // The server's own words may quote the address, so only its code is kept.
        const reason = readCode(error)
        const event = pause === undefined ? 'mail.failed' : 'mail.delayed'
        log.warn({ event, kind: mail.kind, reason, attempt: attempt + 1 }, event)
        if (pause === undefined) return
        await sleep(pause)
      }
    }
  }
}

/** On one's own machine, and only there, the log takes the place of the mailbox. */
async function logInstead(mail: Mail, { log, site, logsLinks }: MailerOptions): Promise<void> {
  const { to, link } = writeMail(mail, site)
  if (logsLinks) log.info({ event: 'mail.link', kind: mail.kind, to, link }, 'mail.link')
  else log.warn({ event: 'mail.off', kind: mail.kind }, 'mail.off')
}

/** 5xx: the server will not take it, however often it is asked (RFC 5321, section 4.2.1). */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error) || !('responseCode' in error)) return false
  return Number(error.responseCode) >= 500
}

function readCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  if ('responseCode' in error && error.responseCode) return `SMTP_${String(error.responseCode)}`
  return 'code' in error ? String(error.code) : 'UNKNOWN'
}
