'use client'

import { useEffect } from 'react'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'
import { countTasks } from '../data/count-tasks.ts'
import { quoteTitle } from '../data/quote-title.ts'
import type { ListedTask } from '../data/task-changes.ts'

type DeleteForGoodProps = {
  tasks: ListedTask[]
  confirm: () => void
  cancel: () => void
  returnFocus: () => void
}

const loadDialog = () => import('../../../components/ui/confirm-dialog.tsx')

/** Asks before tasks of the trash are deleted for good. */
export function DeleteForGood({ tasks, confirm, cancel, returnFocus }: DeleteForGoodProps) {
  const { part, demand } = useOnDemand(loadDialog)
  useEffect(() => void demand(), [])
  const [only] = tasks
  if (part === null || only === undefined) return null
  const what = tasks.length === 1 ? quoteTitle(only.title) : countTasks(tasks.length)
  return (
    <part.ConfirmDialog
      question={`Delete ${what} for good?`}
      consequence={tasks.length === 1 ? 'Nothing brings it back.' : 'Nothing brings them back.'}
      confirmLabel="Delete for good"
      onConfirm={confirm}
      onCancel={cancel}
      onReturnFocus={returnFocus}
    />
  )
}
