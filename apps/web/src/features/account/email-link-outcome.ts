/** What came of following the link that confirms an email address. */
export type EmailLinkOutcome = 'confirmed' | 'taken' | 'later' | 'expired'

/** Problems that are over after a while: the link itself is as good as before. */
const passing = ['RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL_ERROR']

/** Reads the outcome from the `error` that the link's redirect carries; without one the address is confirmed. */
export function readEmailLinkOutcome(error: string | string[] | undefined): EmailLinkOutcome {
  if (error === undefined) return 'confirmed'
  if (error === 'EMAIL_TAKEN') return 'taken'
  return passing.includes(String(error)) ? 'later' : 'expired'
}
