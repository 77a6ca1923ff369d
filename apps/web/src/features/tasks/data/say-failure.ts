import { SessionEndedError } from '@tend/contracts/client'
import { describeFailure } from '../../../api/describe-failure.ts'
import { toast } from '../../../components/ui/toast.ts'

/** Says that a change did not come through, and why, in place of the message with this id. */
export function sayFailure(id: string, sentence: string, error: unknown): void {
  // The page is about to leave for the sign-in form, which says the same.
  if (error instanceof SessionEndedError || !(error instanceof Error)) return
  toast.dismiss(id)
  toast.error(`${sentence} ${describeFailure(error)}`)
}
