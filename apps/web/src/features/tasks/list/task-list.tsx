'use client'

import type { Task } from '@tend/contracts'
import { useCallback, useEffect, useRef } from 'react'
import { announce } from '../../../components/ui/live-region.tsx'
import type { useTaskList } from '../data/use-task-list.ts'
import { AllTended, ListFailed, ListMayBeOld, NothingYet } from './list-states.tsx'
import { LoadMore } from './load-more.tsx'
import { TaskItem } from './task-item.tsx'
import { TaskListSkeleton } from './task-list-skeleton.tsx'

type TaskListProps = ReturnType<typeof useTaskList> & {
  onEdit: (task: Task) => void
  onDelete: (task: Task) => void
}

/** The person's tasks in whatever state they are: loading, failing, none, all done, or a list without end. */
export function TaskList({ query, tasks, onEdit, onDelete }: TaskListProps) {
  const { refetch, fetchNextPage } = query
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  usePageAnnouncement(query.data?.pages.length ?? 0, tasks.length)
  const isReading = query.data === undefined && query.isFetching
  if (isReading && tasks.length === 0) return <TaskListSkeleton />
  if (query.isError && query.data === undefined && tasks.length === 0) {
    return <ListFailed error={query.error} onRetry={() => void refetch()} />
  }
  const isWhole = query.data !== undefined && !query.hasNextPage
  if (isWhole && tasks.length === 0) return <NothingYet />
  return (
    <>
      {query.isRefetchError && <ListMayBeOld onRetry={() => void refetch()} />}
      {isWhole && tasks.every((task) => task.isCompleted) && <AllTended />}
      <ul aria-label="Tasks">
        {tasks.map((task) => (
          <TaskItem key={task.id} task={task} onEdit={onEdit} onDelete={onDelete} />
        ))}
      </ul>
      {query.hasNextPage && (
        <LoadMore
          isLoading={query.isFetchingNextPage}
          hasFailed={query.isFetchNextPageError}
          onLoad={loadMore}
        />
      )}
    </>
  )
}

/** Says how many tasks there are now, when another page of them has come. */
function usePageAnnouncement(pages: number, count: number): void {
  const known = useRef(pages)
  useEffect(() => {
    if (known.current > 0 && pages > known.current) announce(`${count} tasks loaded`)
    known.current = pages
  }, [pages, count])
}
