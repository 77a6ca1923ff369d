'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'
import { useTend } from '../../../api/tend-provider.tsx'
import type { TaskChange } from './task-changes.ts'
import { changeFields } from './task-fields.ts'
import { findKnownTask, taskOptions } from './task-queries.ts'
import { usePendingChanges } from './use-pending-changes.ts'

/**
 * One task, with the changes on their way: from what is known, else from the server. `task` is null when it is not there or in the trash, and
 * undefined until that is known; `error` says why it could not be read.
 */
export function useTask(id: string): { task: Task | null | undefined; error: Error | null } {
  const queryClient = useQueryClient()
  const { data, error } = useQuery({
    ...taskOptions(useTend().call, id),
    initialData: () => findKnownTask(queryClient, id),
  })
  const changes = usePendingChanges()
  return { task: data && changes.reduce(applyChange, data), error }
}

function applyChange(task: Task | null, change: TaskChange): Task | null {
  if (task === null || change.kind === 'add') return task
  if (!change.tasks.some(({ id }) => id === task.id)) return task
  if (change.kind === 'delete') return null
  return change.kind === 'change' ? changeFields(task, change.fields) : task
}
