import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const mailsSchema = z.array(z.string())

/** Waits for a mail with this subject to come to a mailbox of scripts/mailbox.ts, and gives the link in the newest. */
export async function readMailedLink(
  mailUrl: string,
  { to, subject }: { to: string; subject: string },
): Promise<string> {
  const giveUpAt = Date.now() + 15_000
  while (Date.now() < giveUpAt) {
    const answer = await fetch(`${mailUrl}/?to=${encodeURIComponent(to)}`)
    const mails = mailsSchema.parse(await answer.json()).map(decodeQuotedPrintable)
    const mail = mails.findLast((text) => text.includes(`Subject: ${subject}`))
    const link = mail?.match(/https?:\/\/\S+/)?.[0]
    if (link !== undefined) return link
    await sleep(50)
  }
  throw new Error(`No mail “${subject}” came to ${to}.`)
}

/** The words of a mail as they were written (RFC 2045, section 6.7); they are ASCII but for a few marks. */
function decodeQuotedPrintable(mail: string): string {
  return mail
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_code, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
}
