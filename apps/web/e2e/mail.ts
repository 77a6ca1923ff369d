import { z } from 'zod'
import { expect } from './fixtures.ts'

const mailsSchema = z.array(z.string())

/** Waits for the newest mail to an address whose subject is this one, and returns the link in it. */
export async function readMailedLink(to: string, subject: string): Promise<string> {
  let link: string | undefined
  await expect
    .poll(
      async () => {
        const found = (await readMails(to)).filter((mail) => mail.includes(`Subject: ${subject}`))
        link = found.at(-1)?.match(/https?:\/\/\S+/)?.[0]
        return link
      },
      { message: `a mail “${subject}” to ${to}`, timeout: 15_000 },
    )
    .toBeDefined()
  return link ?? ''
}

/** How many mails have come to an address. */
export async function countMails(to: string): Promise<number> {
  return (await readMails(to)).length
}

async function readMails(to: string): Promise<string[]> {
  const { TEND_E2E_MAIL_URL: mailUrl } = process.env
  if (!mailUrl) throw new Error('TEND_E2E_MAIL_URL names no mailbox: use `npm test`.')
  const answer = await fetch(`${mailUrl}/?to=${encodeURIComponent(to)}`)
  return mailsSchema.parse(await answer.json()).map(decodeQuotedPrintable)
}

/** The words of a mail as they were written (RFC 2045, section 6.7); they are ASCII but for a few marks. */
function decodeQuotedPrintable(mail: string): string {
  return mail
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_code, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
}
