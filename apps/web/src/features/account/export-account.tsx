'use client'

import { useMutation } from '@tanstack/react-query'
import { unwrap } from '@tend/contracts/client'
import { describeFailure } from '../../api/describe-failure.ts'
import { useTend } from '../../api/tend-provider.tsx'
import { Button } from '../../components/ui/button.tsx'
import { announce } from '../../components/ui/live-region.tsx'

/** Hands the person everything that is stored about them, as a file. */
export function ExportAccount() {
  const { account } = useTend()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => unwrap(account.exportAccount()),
    onSuccess: (data) => {
      saveFile(`tend-${data.exportedAt.slice(0, 10)}.json`, JSON.stringify(data, null, 2))
      announce('Your data is downloaded')
    },
  })
  return (
    <div className="flex flex-col items-start gap-3">
      <Button look="quiet" aria-disabled={isPending} onClick={() => isPending || mutate()}>
        {isPending ? 'Preparing…' : 'Download my data'}
      </Button>
      {error !== null && (
        <p role="alert">Your data could not be downloaded. {describeFailure(error)}</p>
      )}
    </div>
  )
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then; without this the page would keep all of it in memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
