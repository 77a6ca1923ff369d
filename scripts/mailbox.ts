import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail server that keeps what it gets, and gives it to whoever asks for it over HTTP. */
export type Mailbox = {
  /** For SMTP_URL. */
  smtpUrl: string
  /** Answers GET /?to=address with the raw mails to that address, the oldest first, as a JSON array. */
  mailUrl: string
  stop(): Promise<void>
}

/** Starts a mailbox for tests on free ports of this machine. It takes every mail and sends none on. */
export async function startMailbox(): Promise<Mailbox> {
  const mails = new Map<string, string[]>()
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo) {
          mails.set(address, [...(mails.get(address) ?? []), Buffer.concat(chunks).toString()])
        }
        done()
      })
    },
  })
  const http = createServer((request, response) => {
    const to = new URL(request.url ?? '/', 'http://localhost').searchParams.get('to') ?? ''
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(mails.get(to) ?? []))
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server.address())}`,
    mailUrl: `http://127.0.0.1:${portOf(http.address())}`,
    async stop() {
      http.closeAllConnections()
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(resolve)),
        new Promise((resolve) => http.close(resolve)),
      ])
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The mailbox has no port.')
  return address.port
}
