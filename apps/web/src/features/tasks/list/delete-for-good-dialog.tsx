'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTend } from '../../../api/tend-provider.tsx'
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx'
import { countTasks } from '../data/count-tasks.ts'
import { deleteTasksForGood } from '../data/delete-tasks-for-good.ts'
import { quoteTitle } from '../data/quote-title.ts'
import type { ListedTask } from '../data/task-changes.ts'

export type DeleteForGoodDialogProps = {
  tasks: ListedTask[]
  onConfirm: () => void
  onCancel: () => void
  onReturnFocus: () => void
}

/** Asks whether to delete tasks of the trash for good, and does so. */
export function DeleteForGoodDialog({ tasks, onConfirm, ...on }: DeleteForGoodDialogProps) {
  const { call } = useTend()
  const queryClient = useQueryClient()
  const [only] = tasks
  const what = only && tasks.length === 1 ? quoteTitle(only.title) : countTasks(tasks.length)
  return (
    <ConfirmDialog
      question={`Delete ${what} for good?`}
      consequence={tasks.length === 1 ? 'Nothing brings it back.' : 'Nothing brings them back.'}
      confirmLabel="Delete for good"
      onConfirm={() => {
        void deleteTasksForGood(call, queryClient, tasks)
        onConfirm()
      }}
      {...on}
    />
  )
}
