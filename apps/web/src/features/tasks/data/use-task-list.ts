'use client'

import { skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTend } from '../../../api/tend-provider.tsx'
import { type LingeringTasks, lingeringKey } from './lingering-tasks.ts'
import { showTasks } from './show-tasks.ts'
import { taskListOptions, tasksOf } from './task-queries.ts'
import type { TaskQuery } from './task-query.ts'
import { usePendingChanges } from './use-pending-changes.ts'

const none: LingeringTasks = new Map()

type TaskListOptions = {
  enabled?: boolean
  /** Another list of the same view. */
  beside?: TaskQuery | undefined
}

/** A list as it is shown, with the changes on their way, and the endless query it comes from. */
export function useTaskList(
  taskQuery: TaskQuery,
  { enabled = true, beside }: TaskListOptions = {},
) {
  const query = useInfiniteQuery({
    ...taskListOptions(useTend().call, taskQuery),
    enabled,
    // What was found so far stays while the search is typed on.
    placeholderData: (found, previous) =>
      taskQuery.q !== undefined && previous?.queryKey[2].q !== undefined ? found : undefined,
  })
  const { data: lingering = none } = useQuery<LingeringTasks>({
    queryKey: lingeringKey,
    queryFn: skipToken,
  })
  const changes = usePendingChanges()
  const isWhole = query.data !== undefined && !query.hasNextPage
  const tasks = useMemo(
    () => showTasks(taskQuery, tasksOf(query.data), { isWhole, beside, lingering, changes }),
    [taskQuery, query.data, isWhole, beside, lingering, changes],
  )
  return { query, tasks }
}
