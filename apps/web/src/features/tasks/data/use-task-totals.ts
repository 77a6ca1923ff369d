'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTend } from '../../../api/tend-provider.tsx'
import { indexKnownTasks, taskTotalsOptions } from './task-queries.ts'
import { foreseeTotals, type TaskTotals } from './task-totals.ts'
import { useToday } from './tasks-provider.tsx'
import { usePendingChanges } from './use-pending-changes.ts'

/** How many tasks there are, in all and by view and label, with the changes on their way; undefined until it is known. */
export function useTaskTotals(): TaskTotals | undefined {
  const queryClient = useQueryClient()
  const today = useToday()
  const { data } = useQuery(taskTotalsOptions(useTend().call, today))
  const changes = usePendingChanges()
  return useMemo(() => {
    if (data === undefined || changes.length === 0) return data
    const findKnown = indexKnownTasks(queryClient)
    const find = (id: string) => {
      const known = findKnown(id)
      return known === null ? 'trash' : known
    }
    return foreseeTotals(data, today, changes, find)
  }, [queryClient, data, today, changes])
}
