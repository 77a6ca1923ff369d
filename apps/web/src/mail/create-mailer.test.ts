import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createLogger } from '@tend/runtime/logger'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { createMailer } from './create-mailer.ts'
import type { Mail } from './write-mail.ts'

const servers: SMTPServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

type Received = { from: string; to: string[]; message: string }

async function startSmtp(options: SMTPServerOptions = {}) {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      text(stream).then((message) => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        received.push({ from, to: rcptTo.map(({ address }) => address), message })
        done()
      }, done)
    },
    ...options,
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  servers.push(server)
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, received }
}

function startMailer(smtpUrl: string | undefined, logsLinks = false) {
  const lines: Record<string, unknown>[] = []
  const log = createLogger(
    { name: 'test', level: 'info' },
    { write: (line: string) => lines.push(JSON.parse(line)) },
  )
  const from = 'Tend <tend@example.org>'
  const site = 'https://tend.example'
  const pauses = [10, 20]
  return { lines, ...createMailer({ smtpUrl, from, site, logsLinks, log, pauses }) }
}

/** The words of a message: quoted-printable undone, all parts in one. */
function decode(message: string): string {
  const joined = message.replace(/=\r\n/g, '')
  return joined.replace(/=([0-9A-F]{2})/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

const token = 'Ab+/=&"<secret>'

const reset: Mail = { kind: 'reset-password', to: 'ada@example.com', token }

describe('mail', () => {
  it('arrives at a real server with subject, text and HTML, and the link in both', async () => {
    const smtp = await startSmtp()
    const mailer = startMailer(smtp.url)
    mailer.send(reset)
    await mailer.settled()
    expect(smtp.received).toHaveLength(1)
    const [mail] = smtp.received
    expect(mail).toMatchObject({ from: 'tend@example.org', to: ['ada@example.com'] })
    const words = decode(mail?.message ?? '')
    expect(words).toContain('Subject: Set a new password')
    expect(words).toContain('Auto-Submitted: auto-generated')
    const link = `https://tend.example/reset-password?token=${encodeURIComponent(token)}`
    expect(words.split(link)).toHaveLength(3)
    expect(words).not.toContain('<secret>')
    expect(mailer.lines).toMatchObject([{ event: 'mail.sent', kind: 'reset-password' }])
  })

  it.each<Mail>([
    { kind: 'verify-address', to: 'ada@example.com', token },
    { kind: 'already-registered', to: 'ada@example.com' },
    { kind: 'confirm-new-address', to: 'ada@example.com', token },
    { kind: 'address-change-asked', to: 'ada@example.com' },
    { kind: 'address-changed', to: 'ada@example.com' },
    { kind: 'password-changed', to: 'ada@example.com' },
  ])('($kind) names Tend and where it runs', async (mail) => {
    const smtp = await startSmtp()
    const mailer = startMailer(smtp.url)
    mailer.send(mail)
    await mailer.settled()
    expect(decode(smtp.received[0]?.message ?? '')).toContain('Tend, https://tend.example')
  })

  it('goes to the one address, whatever stands in it', async () => {
    const smtp = await startSmtp()
    const mailer = startMailer(smtp.url)
    mailer.send({ ...reset, to: '"a,b@evil.example"@example.com' })
    mailer.send({ ...reset, to: 'a@example.com\r\nBcc: b@evil.example' })
    await mailer.settled()
    expect(smtp.received.flatMap(({ to }) => to)).not.toContain('b@evil.example')
    for (const { message } of smtp.received) expect(message).not.toMatch(/^Bcc:/m)
  })

  it('is tried again when the server has a weak moment', async () => {
    let calls = 0
    const smtp = await startSmtp({
      onMailFrom(_address, _session, done) {
        calls += 1
        done(calls < 3 ? Object.assign(new Error('later'), { responseCode: 451 }) : null)
      },
    })
    const mailer = startMailer(smtp.url)
    mailer.send(reset)
    await mailer.settled()
    expect(smtp.received).toHaveLength(1)
    expect(mailer.lines.map(({ event }) => event)).toEqual([
      'mail.delayed',
      'mail.delayed',
      'mail.sent',
    ])
  })

  it('is given up at once when the server will never take it', async () => {
    const smtp = await startSmtp({
      onRcptTo(_address, _session, done) {
        done(Object.assign(new Error('no such ada@example.com'), { responseCode: 550 }))
      },
    })
    const mailer = startMailer(smtp.url)
    mailer.send(reset)
    await mailer.settled()
    expect(mailer.lines).toMatchObject([{ event: 'mail.failed', reason: 'SMTP_550', attempt: 1 }])
  })

  it('ends in the log after a few tries when there is no server, and never throws', async () => {
    const mailer = startMailer('smtp://127.0.0.1:1')
    mailer.send(reset)
    await mailer.settled()
    expect(mailer.lines.at(-1)).toMatchObject({ event: 'mail.failed', attempt: 3 })
  })

  it('leaves no link, token or address in the log', async () => {
    const smtp = await startSmtp()
    const mailers = [
      startMailer(smtp.url),
      startMailer('smtp://127.0.0.1:1'),
      startMailer(undefined),
    ]
    for (const mailer of mailers) {
      mailer.send(reset)
      await mailer.settled()
      expect(JSON.stringify(mailer.lines)).not.toMatch(/secret|reset-password\?|ada@example/)
    }
  })

  it('goes to the log as one line where there is no server and the site is on this machine', async () => {
    const mailer = startMailer(undefined, true)
    mailer.send(reset)
    await mailer.settled()
    const link = `https://tend.example/reset-password?token=${encodeURIComponent(token)}`
    expect(mailer.lines).toMatchObject([{ event: 'mail.link', kind: 'reset-password', link }])
  })

  it('is off, and says so, where there is no server and the site is public', async () => {
    const mailer = startMailer(undefined)
    mailer.send(reset)
    await mailer.settled()
    expect(mailer.lines).toMatchObject([{ event: 'mail.off', kind: 'reset-password' }])
  })
})
