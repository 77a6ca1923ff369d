import type { ReactNode } from 'react'
import { NotebookSheet } from '../../components/notebook-sheet.tsx'
import { TaskListSkeleton } from './list/task-list-skeleton.tsx'

/** The whole workspace while the server waits for the list: every part has the height it will have. */
export function TaskWorkspaceSkeleton({ title, account }: { title: string; account: ReactNode }) {
  return (
    <div className="md:flex">
      <div className="max-md:pr-4 max-md:pl-1 md:sticky md:top-0 md:h-dvh md:w-60 md:shrink-0 md:border-line md:border-r">
        <header className="flex items-center justify-end pt-3 md:pr-3">{account}</header>
      </div>
      <div className="min-w-0 flex-1">
        <NotebookSheet>
          <main className="pb-28">
            <div className="flex h-16 items-center pt-4 pb-2 pl-(--text-edge)">
              <h1 className="font-medium text-view">{title}</h1>
            </div>
            <div className="pt-2 pb-3">
              <div className="h-[calc(var(--row)+2px)] rounded-control border border-line bg-paper-raised" />
            </div>
            <TaskListSkeleton />
          </main>
        </NotebookSheet>
      </div>
    </div>
  )
}
