'use client'

import { type Mutation, useInfiniteQuery, useMutationState } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTend } from '../../../api/tend-provider.tsx'
import { applyChanges, type TaskChange } from './task-changes.ts'
import { taskListOptions, tasksOf } from './task-queries.ts'

/** The key of every change of a task that is on its way. */
export const taskChangeKey = ['task-change'] as const

/** The list as it is shown, with the changes on their way applied, and the query it comes from. */
export function useTaskList() {
  const query = useInfiniteQuery(taskListOptions(useTend().tasks))
  const changes = useMutationState({
    filters: { mutationKey: taskChangeKey, status: 'pending' },
    select: (mutation: Mutation<unknown, Error, TaskChange>) => mutation.state.variables,
  })
  const tasks = useMemo(() => {
    const sent = changes.filter((change) => change !== undefined)
    return applyChanges(tasksOf(query.data), sent)
  }, [query.data, changes])
  return { query, tasks }
}
