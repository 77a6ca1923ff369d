import type { ReactNode } from 'react'
import { describeFailure } from '../../../api/describe-failure.ts'
import { Button } from '../../../components/ui/button.tsx'

/** Said in place of a list that has never had a task. */
export function NothingYet() {
  return (
    <StateNote line="Nothing to tend to yet.">
      <p className="text-ink-muted">
        Write the first thing down above
        <span className="pointer-coarse:hidden">, and press Enter</span>.
      </p>
    </StateNote>
  )
}

/** Said above a list in which everything is done. */
export function AllTended({ children }: { children?: ReactNode }) {
  return <StateNote line="All tended.">{children}</StateNote>
}

/** Said in place of a list that could not be read. */
export function ListFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <StateNote line="Your tasks could not be loaded." role="alert">
      <p className="text-ink-muted">{describeFailure(error)}</p>
      <div className="mt-3">
        <Button look="quiet" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </StateNote>
  )
}

/** Said above a list that is shown as it was last read. */
export function ListMayBeOld({ onRetry }: { onRetry: () => void }) {
  return (
    <p role="status" className="py-2 pl-(--text-edge) text-ink-muted">
      The list could not be refreshed and may be old.{' '}
      <button
        type="button"
        onClick={onRetry}
        className="rounded-control text-ink underline decoration-1 underline-offset-4"
      >
        Try again
      </button>
    </p>
  )
}

/** One line in place of a list, and under it what to do. */
export function StateNote({
  line,
  role,
  children,
}: {
  line: string
  role?: 'alert'
  children?: ReactNode
}) {
  return (
    <div role={role} className="py-8 pl-(--text-edge)">
      <p className="pb-1 font-serif text-quote">{line}</p>
      {children}
    </div>
  )
}
