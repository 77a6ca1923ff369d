'use client'

import { PlainPage } from '../components/plain-page.tsx'
import { Button } from '../components/ui/button.tsx'

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <PlainPage line="This page could not be shown.">
      <p className="text-ink-muted">
        Something went wrong on our side. Nothing you saved is lost.
        {error.digest !== undefined && ` If it stays, report ${error.digest}.`}
      </p>
      <Button look="quiet" onClick={() => window.location.reload()}>
        Try again
      </Button>
    </PlainPage>
  )
}
