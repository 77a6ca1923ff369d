'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTend } from '../../../api/tend-provider.tsx'
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { countTasks } from '../data/count-tasks.ts'
import { deleteTasksForGood, readTrash } from '../data/delete-tasks-for-good.ts'
import { quoteTitle } from '../data/quote-title.ts'
import { sayFailure } from '../data/say-failure.ts'
import { refreshTasks } from '../data/settle-tasks.ts'

type EmptyTrashDialogProps = { onClose: () => void; onReturnFocus: () => void }

/** Asks before all that is in the trash is deleted for good. What it has counted is what it deletes, and nothing that comes later. */
export function EmptyTrashDialog({ onClose, onReturnFocus }: EmptyTrashDialogProps) {
  const { call } = useTend()
  const queryClient = useQueryClient()
  const [trash, setTrash] = useState<Task[] | null>(null)
  const ask = useEffectEvent((found: Task[]) => {
    setTrash(found)
    if (found.length > 0) return
    toast('The trash is empty already.')
    refreshTasks(queryClient)
    onClose()
  })
  const fail = useEffectEvent((error: unknown) => {
    sayFailure('empty-trash', 'The trash could not be read.', error)
    onClose()
  })

  useEffect(() => {
    let isClosed = false
    readTrash(call, queryClient).then(
      (found) => isClosed || ask(found),
      (error: unknown) => isClosed || fail(error),
    )
    return () => {
      isClosed = true
    }
  }, [call, queryClient])

  if (trash === null || trash.length === 0) return null
  const [only] = trash
  const what = only && trash.length === 1 ? quoteTitle(only.title) : countTasks(trash.length)
  return (
    <ConfirmDialog
      question={`Delete ${what} for good?`}
      consequence="That is all there is in the trash. It cannot be undone."
      confirmLabel="Empty trash"
      cancelLabel={trash.length === 1 ? 'Keep it' : 'Keep them'}
      onConfirm={() => {
        void deleteTasksForGood(call, queryClient, trash)
        onClose()
      }}
      onCancel={onClose}
      onReturnFocus={onReturnFocus}
    />
  )
}
