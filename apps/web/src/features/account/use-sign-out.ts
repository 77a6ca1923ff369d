'use client'

import { describeFailure } from '../../api/describe-failure.ts'
import { useTend } from '../../api/tend-provider.tsx'
import { toast } from '../../components/ui/toast.ts'
import { leaveAccount } from './leave-account.ts'

/** The way out of the account; failing, it says so. */
export function useSignOut(): () => Promise<void> {
  const { call } = useTend()
  return async () => {
    try {
      await call(({ auth }) => auth.logout())
    } catch (error) {
      const reason = error instanceof Error ? describeFailure(error) : ''
      toast.error(`You are still signed in. ${reason}`)
      return
    }
    leaveAccount('/login')
  }
}
