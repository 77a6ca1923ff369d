import type { ReactNode } from 'react'
import { PlainPage } from './plain-page.tsx'

type FailedPageProps = {
  /** What stands for the failure in the log, if anything does. */
  digest?: string | undefined
  /** The way to try again. */
  children: ReactNode
}

/** What stands in place of a page that the server failed to make. */
export function FailedPage({ digest, children }: FailedPageProps) {
  return (
    <PlainPage line="This page could not be shown.">
      <p className="text-ink-muted">
        Something went wrong on our side. Nothing you saved is lost.
        {digest !== undefined && ` If it stays, report ${digest}.`}
      </p>
      {children}
    </PlainPage>
  )
}
