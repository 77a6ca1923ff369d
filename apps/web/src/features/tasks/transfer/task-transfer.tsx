'use client'

import { useMutation } from '@tanstack/react-query'
import type { TaskExportFormat } from '@tend/contracts/client'
import { describeFailure } from '../../../api/describe-failure.ts'
import { useTend } from '../../../api/tend-provider.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { announce } from '../../../components/ui/live-region.tsx'
import { downloadTasks } from './download-tasks.ts'
import { ImportTasks } from './import-tasks.tsx'

/** The ways out and in for a person's tasks. */
export function TaskTransfer() {
  const tend = useTend()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (format: TaskExportFormat) => downloadTasks(tend, format),
    onSuccess: () => announce('Your tasks are downloaded'),
  })
  const download = (format: TaskExportFormat) => isPending || mutate(format)
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="flex flex-wrap gap-2">
        <Button look="quiet" aria-disabled={isPending} onClick={() => download('json')}>
          Export as JSON
        </Button>
        <Button look="quiet" aria-disabled={isPending} onClick={() => download('csv')}>
          Export as CSV
        </Button>
        <ImportTasks />
      </div>
      {error !== null && (
        <p role="alert">Your tasks could not be downloaded. {describeFailure(error)}</p>
      )}
    </div>
  )
}
