'use client'

import { type Ref, useEffect, useMemo, useRef } from 'react'
import { announce } from '../../../components/ui/live-region.tsx'
import type { ListedTask } from '../data/task-changes.ts'
import type { ViewTasks } from '../views/use-view-tasks.ts'
import { isForDoing } from '../views/view-lists.ts'
import { EmptyView } from './empty-view.tsx'
import { AllTended, ListFailed, ListMayBeOld } from './list-states.tsx'
import { LoadMore } from './load-more.tsx'
import { LoadedTasks, type TaskListHandle } from './loaded-tasks.tsx'
import { TaskListSkeleton } from './task-list-skeleton.tsx'

type TaskListProps = {
  list: ViewTasks
  /** The task whose details are open. */
  openTaskId: string | null
  onOpen: (task: ListedTask) => void
  /** Whether a press on a task selects it. */
  isSelecting: boolean
  onSelectingEnd: () => void
  /** Takes the focus when no task is left to have it. */
  onFocusElsewhere: () => void
  ref: Ref<TaskListHandle>
}

/** The tasks of a view in whatever state they are: loading, failing, none, all done, or a list without end. */
export function TaskList({ list, ...rest }: TaskListProps) {
  const { view, query, sections, hasMore, isLoading, loadMore, error, readAgain } = list
  const tasks = useMemo(() => sections.flatMap((section) => section.tasks), [sections])
  usePageAnnouncement(query.data?.pages.length ?? 0, tasks.length)
  const isEmpty = tasks.length === 0
  useEffect(() => {
    // Pages that hold nothing for this view, as those before today for Upcoming, are read over.
    if (isEmpty && hasMore) loadMore?.()
  }, [isEmpty, hasMore, loadMore])

  if (isEmpty && error !== null) return <ListFailed error={error} onRetry={readAgain} />
  if (isEmpty && (isLoading || hasMore)) return <TaskListSkeleton />
  if (isEmpty) return <EmptyView view={view} />
  const isDone = !hasMore && isForDoing(view) && tasks.every((task) => task.isCompleted)
  return (
    <>
      {list.mayBeOld && <ListMayBeOld onRetry={readAgain} />}
      {isDone && <AllTended />}
      <LoadedTasks list={list} tasks={tasks} {...rest} />
      {hasMore && (
        <LoadMore
          isLoading={query.isFetchingNextPage}
          hasFailed={query.isFetchNextPageError}
          onLoad={() => void query.fetchNextPage()}
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
