import { tellOtherTabs } from './account-channel.ts'

/** Goes to a page for strangers after the session has ended on purpose, in all tabs. */
export function leaveAccount(path: string): void {
  sessionStorage.clear()
  tellOtherTabs(null)
  // A fresh page: nothing of this person stays in memory.
  window.location.replace(path)
}
