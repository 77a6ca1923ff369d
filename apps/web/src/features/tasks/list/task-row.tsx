import type { Task } from '@tend/contracts'
import { NotebookText } from 'lucide-react'
import type { ReactNode } from 'react'
import { Tick } from '../../../components/ui/tick.tsx'

type TaskRowProps = {
  task: Pick<Task, 'id' | 'title' | 'description' | 'isCompleted'>
  isBusy?: boolean
  onTick: (isCompleted: boolean) => void
  /** Opens the task. Without it the title is text alone. */
  onOpen?: (() => void) | undefined
  /** Buttons at the end of the row, shown while the row is pointed at or has the focus. */
  actions?: ReactNode
}

/** One task of a list: its tick, its title, and what can be done with it. */
export function TaskRow({ task, isBusy = false, onTick, onOpen, actions }: TaskRowProps) {
  return (
    <li className="group/row flex has-focus-visible:bg-paper-sunk has-focus-visible:shadow-[inset_2px_0_0_var(--accent)]">
      <Tick
        isTicked={task.isCompleted}
        isDisabled={isBusy}
        label={`Complete ${task.title}`}
        onChange={onTick}
      />
      <div className="flex min-w-0 flex-1 items-start border-line border-b pl-(--text-inset)">
        <TaskTitle task={task} isBusy={isBusy} onOpen={onOpen} />
        {actions !== undefined && (
          <div className="flex h-(--row-inside) items-center gap-0.5 opacity-0 focus-within:opacity-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100 pointer-coarse:hidden">
            {actions}
          </div>
        )}
      </div>
    </li>
  )
}

/** The id of the button that opens a task, for whoever has to move the focus to it. */
export function taskButtonId(taskId: string): string {
  return `task-${taskId}`
}

function TaskTitle({
  task,
  isBusy,
  onOpen,
}: Pick<TaskRowProps, 'task' | 'onOpen'> & { isBusy: boolean }) {
  const words = (
    <>
      <span
        className={`min-w-0 [overflow-wrap:anywhere] ${task.isCompleted ? 'text-ink-muted line-through decoration-1' : ''}`}
      >
        {task.title}
      </span>
      {task.description !== null && (
        <NotebookText
          aria-label="has notes"
          size={16}
          strokeWidth={1.75}
          className="mt-[0.2rem] shrink-0 text-ink-muted"
        />
      )}
    </>
  )
  const className =
    'flex min-h-(--row-inside) min-w-0 flex-1 items-start gap-2 py-[calc((var(--row-inside)-1.5em)/2)] pr-2 text-start'
  if (onOpen === undefined) {
    return (
      <div dir="auto" className={className}>
        {words}
      </div>
    )
  }
  return (
    <button
      type="button"
      dir="auto"
      id={taskButtonId(task.id)}
      disabled={isBusy}
      onClick={onOpen}
      className={`${className} -ml-2 rounded-control pl-2 outline-offset-[-3px]`}
    >
      {words}
    </button>
  )
}
