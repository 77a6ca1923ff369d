'use client'

import { useMutation } from '@tanstack/react-query'
import { describeFailure } from '../../api/describe-failure.ts'
import { useTend } from '../../api/tend-provider.tsx'
import { saveFile } from '../../components/save-file.ts'
import { Button } from '../../components/ui/button.tsx'
import { announce } from '../../components/ui/live-region.tsx'

/** Hands the person everything that is stored about them, as a file. */
export function ExportAccount() {
  const { call } = useTend()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => call(({ account }) => account.exportAccount()),
    onSuccess: (data) => {
      const text = JSON.stringify(data, null, 2)
      const name = `tend-${data.exportedAt.slice(0, 10)}.json`
      saveFile(name, new Blob([text], { type: 'application/json' }))
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
