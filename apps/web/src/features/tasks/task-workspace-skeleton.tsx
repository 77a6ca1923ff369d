import { TaskListSkeleton } from './list/task-list-skeleton.tsx'

/** The whole workspace while the server waits for the list: every part has the height it will have. */
export function TaskWorkspaceSkeleton() {
  return (
    <main className="pb-28">
      <div className="pt-6 pb-3 pl-(--text-edge)">
        <h1 className="font-medium text-view">Tasks</h1>
      </div>
      <div className="pt-2 pb-3">
        <div className="h-[calc(var(--row)+2px)] rounded-control border border-line bg-paper-raised" />
      </div>
      <TaskListSkeleton />
    </main>
  )
}
