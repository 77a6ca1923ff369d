import type { AuthResult } from '@tend/contracts'
import { tellOtherTabs } from './account-channel.ts'

/** Goes on to `next`, a path of this site, as the person who has just signed in. */
export function enterAccount({ user }: AuthResult, next: string): void {
  tellOtherTabs(user.id)
  // A fresh page, in place of the form: Back leads to where the person came from.
  window.location.replace(next)
}
