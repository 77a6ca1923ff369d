import { SessionEndedError } from '@tend/contracts/client'
import { describeFailure } from '../../../api/describe-failure.ts'
import { toast } from '../../../components/ui/toast.ts'
import { EditConflictError } from './send-changes.ts'

/** Said of a field that somebody else has changed since it was read here. */
export const CHANGED_ELSEWHERE = 'It was changed somewhere else meanwhile.'

/** Says why a change of a task did not come through. */
export function describeChangeFailure(error: Error): string {
  return error instanceof EditConflictError ? CHANGED_ELSEWHERE : describeFailure(error)
}

/** Says that a change did not come through, and why, in place of the message with this id. */
export function sayFailure(id: string, sentence: string, error: unknown): void {
  // The page is about to leave for the sign-in form, which says the same.
  if (error instanceof SessionEndedError || !(error instanceof Error)) return
  toast.dismiss(id)
  toast.error(`${sentence} ${describeChangeFailure(error)}`)
}
