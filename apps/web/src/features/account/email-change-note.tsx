import type { EmailLinkOutcome } from './email-link-outcome.ts'

/** Says what came of following the link that confirms a new email address; `email` is the one that counts now. */
export function EmailChangeNote({ outcome, email }: { outcome: EmailLinkOutcome; email: string }) {
  const border = outcome === 'confirmed' ? 'border-accent' : 'border-warn'
  return (
    <p
      role="status"
      className={`mt-4 border-l-2 bg-paper-sunk px-3 py-2.5 [overflow-wrap:anywhere] ${border}`}
    >
      {describeOutcome(outcome, email)}
    </p>
  )
}

function describeOutcome(outcome: EmailLinkOutcome, email: string): string {
  switch (outcome) {
    case 'confirmed':
      return `Your email address is ${email} now. Sign in with it from now on.`
    case 'taken':
      return `The new address has an account of its own by now. Your email address is still ${email}; you can change it to another one below.`
    case 'later':
      return `The address could not be confirmed just now. Your email address is still ${email}; follow the link once more in a minute.`
    case 'expired':
      return `The link has been used or is too old. Your email address is ${email}; to change it, ask for a new link below.`
  }
}
