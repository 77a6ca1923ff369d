/** All mail that Tend sends. `token` goes into the link; nothing else of a request does. */
export type Mail =
  | { kind: 'verify-address'; to: string; token: string }
  | { kind: 'already-registered'; to: string }
  | { kind: 'reset-password'; to: string; token: string }
  | { kind: 'confirm-new-address'; to: string; token: string }
  | { kind: 'address-change-asked'; to: string }
  | { kind: 'address-changed'; to: string }
  | { kind: 'password-changed'; to: string }

/** A mail as it is sent. `link` is the one in it, if there is one. */
export type WrittenMail = {
  to: string
  subject: string
  text: string
  html: string
  link: string | undefined
}

type Draft = {
  subject: string
  before: string[]
  link?: string
  linkText?: string
  after?: string[]
}

const ignore = 'If that was not you, there is nothing to do: without the link nothing changes.'

/** Writes a mail, as plain text and as HTML with the same words; `site` is WEB_URL. */
export function writeMail(mail: Mail, site: string): WrittenMail {
  const { subject, before, link, linkText, after = [] } = draftMail(mail, site)
  const text = [...before, ...(link ? [link] : []), ...after, `Tend, ${site}`].join('\n\n')
  const body = [
    ...before.map(paragraph),
    ...(link ? [`<p><a href="${escapeHtml(link)}">${escapeHtml(linkText ?? link)}</a></p>`] : []),
    ...after.map(paragraph),
    `<p>Tend, <a href="${escapeHtml(site)}">${escapeHtml(site)}</a></p>`,
  ].join('')
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(subject)}</title><body>${body}</body></html>`
  return { to: mail.to, subject, text, html, link }
}

function draftMail(mail: Mail, site: string): Draft {
  switch (mail.kind) {
    case 'verify-address':
      return {
        subject: 'Confirm your email address',
        before: [
          'An account at Tend was made with this address. Confirm within an hour that the address is yours:',
        ],
        after: [ignore],
        link: verifyLink(site, mail.token, '/login?email=confirmed'),
        linkText: 'Confirm the address',
      }
    case 'already-registered':
      return {
        subject: 'You already have an account',
        before: [
          'Somebody asked for an account at Tend with this address, which has one already. Sign in with it here:',
        ],
        after: [
          'If you do not know the password any more, ask for a new one on that page. If that was not you, there is nothing to do.',
        ],
        link: `${site}/login`,
        linkText: 'Sign in',
      }
    case 'reset-password':
      return {
        subject: 'Set a new password',
        before: [
          'Somebody asked for a new password for your account at Tend. Within an hour you can set it here, once:',
        ],
        after: [`Setting it signs you out everywhere. ${ignore}`],
        link: `${site}/reset-password?token=${encodeURIComponent(mail.token)}`,
        linkText: 'Set a new password',
      }
    case 'confirm-new-address':
      return {
        subject: 'Confirm your new email address',
        before: [
          'You asked to use this address for your account at Tend. Confirm it within an hour:',
        ],
        after: [ignore],
        link: verifyLink(site, mail.token, '/settings?email=changed'),
        linkText: 'Confirm the new address',
      }
    case 'address-change-asked':
      return {
        subject: 'Your email address is about to change',
        before: [
          'Somebody signed in to your account at Tend asked to use another email address. It changes as soon as the other address is confirmed.',
          'If that was not you, change your password now: that stops the change and ends all other sessions.',
        ],
      }
    case 'address-changed':
      return {
        subject: 'Your email address was changed',
        before: [
          'Your account at Tend now has another email address, and this one can no longer be used to sign in.',
          'If that was not you, tell the people who run this installation.',
        ],
      }
    case 'password-changed':
      return {
        subject: 'Your password was changed',
        before: [
          'The password of your account at Tend was changed, and all other sessions were ended.',
          'If that was not you, set a new password here:',
        ],
        link: `${site}/forgot-password`,
        linkText: 'Set a new password',
      }
  }
}

function paragraph(line: string): string {
  return `<p>${escapeHtml(line)}</p>`
}

function verifyLink(site: string, token: string, next: string): string {
  const query = new URLSearchParams({ token, callbackURL: next })
  return `${site}/api/auth/verify-email?${query}`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
