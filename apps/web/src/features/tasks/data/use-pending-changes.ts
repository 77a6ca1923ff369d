'use client'

import { useMutationState } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type TaskMutation, taskChangeKey } from './changes-on-their-way.ts'
import type { TaskChange } from './task-changes.ts'

/** The changes on their way, in the order in which they were made. */
export function usePendingChanges(): TaskChange[] {
  const changes = useMutationState({
    filters: { mutationKey: taskChangeKey, status: 'pending' },
    select: (mutation: TaskMutation) => mutation.state.variables,
  })
  return useMemo(() => changes.filter((change) => change !== undefined), [changes])
}
