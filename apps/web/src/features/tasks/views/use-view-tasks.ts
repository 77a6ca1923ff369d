'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { clearLingering } from '../data/lingering-tasks.ts'
import { useToday } from '../data/tasks-provider.tsx'
import { useTaskList } from '../data/use-task-list.ts'
import { doneList, goesOnAfter, isToday, listOf, sectionsOf } from './view-lists.ts'
import type { View } from './view-params.ts'

/** A view with its tasks. `loadMore` is null while there is no more to load, or it is on its way or has failed. */
export type ViewTasks = ReturnType<typeof useViewTasks>

/** The tasks of a view in their sections, with the query they come from. */
export function useViewTasks(address: View) {
  const today = useToday()
  const view = useStableView(address)
  const listed = useMemo(() => listOf(view), [view])
  const doneListed = useMemo(() => doneList(today), [today])
  const { query, tasks } = useTaskList(listed, { beside: isToday(view) ? doneListed : undefined })
  const done = useTaskList(doneListed, { enabled: isToday(view), beside: listed })
  const sections = useMemo(
    () => sectionsOf(view, tasks, done.tasks, today),
    [view, tasks, done.tasks, today],
  )
  const hasMore = query.hasNextPage && goesOnAfter(view, tasks.at(-1), today)

  const queryClient = useQueryClient()
  useEffect(() => {
    // What was completed here keeps its place for as long as this view is open.
    void view
    return () => clearLingering(queryClient)
  }, [queryClient, view])

  const { fetchNextPage, isFetching, isFetchNextPageError } = query
  const isWanted = hasMore && !isFetching && !isFetchNextPageError
  const loadMore = useMemo(
    () => (isWanted ? () => void fetchNextPage() : null),
    [isWanted, fetchNextPage],
  )

  const isLoading = query.data === undefined || (isToday(view) && done.query.data === undefined)
  const failed = [query, ...(isToday(view) ? [done.query] : [])].filter(({ isError }) => isError)
  return {
    view,
    query,
    sections,
    hasMore,
    loadMore,
    isLoading,
    /** Why a part of the view could not be read. */
    error: failed[0]?.error ?? null,
    /** Whether the view misses something, or shows it as it was read before. */
    mayBeOld: query.isRefetchError || failed.includes(done.query),
    readAgain: () => {
      for (const part of failed) void part.refetch()
    },
  }
}

/** The same object for as long as it says the same; which task is open changes nothing. */
function useStableView({ view, label, q, sort, status }: View): View {
  return useMemo(
    () => ({ view, label, q, sort, status, task: null }),
    [view, label, q, sort, status],
  )
}
