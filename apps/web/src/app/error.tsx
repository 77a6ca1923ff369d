'use client'

import { FailedPage } from '../components/failed-page.tsx'
import { Button } from '../components/ui/button.tsx'

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <FailedPage digest={error.digest}>
      <Button look="quiet" onClick={() => window.location.reload()}>
        Try again
      </Button>
    </FailedPage>
  )
}
