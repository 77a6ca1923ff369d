import type { Task } from '@tend/contracts'
import { NotebookText } from 'lucide-react'
import type { MouseEvent } from 'react'

type TaskTitleProps = {
  task: Pick<Task, 'id' | 'title' | 'description' | 'isCompleted'>
  isBusy?: boolean
  /** Whether the tick of its row strikes it through by itself, in a page that does not know what is ticked. */
  followsTick?: boolean
  /** Whether it is the task that the details are of. */
  isCurrent?: boolean
  /** The id of what says more about the task. */
  describedBy?: string | undefined
  /** Opens the task. Without it the title is text alone. */
  onOpen?: ((event: MouseEvent) => void) | undefined
}

/** The id of the button that opens a task, for whoever has to move the focus to it. */
export function taskButtonId(taskId: string): string {
  return `task-${taskId}`
}

const struckThrough = 'text-ink-muted line-through decoration-1'
const struckWhileTicked =
  'group-has-checked/row:text-ink-muted group-has-checked/row:line-through group-has-checked/row:decoration-1'

/** The title of a task in its row, and the button that opens it. */
export function TaskTitle(props: TaskTitleProps) {
  const { task, isBusy = false, isCurrent = false, describedBy, onOpen } = props
  const struck = props.followsTick ? struckWhileTicked : task.isCompleted ? struckThrough : ''
  const words = (
    <span className="min-w-0 [overflow-wrap:anywhere]">
      <span className={struck}>{task.title}</span>
      {task.description !== null && (
        <>
          {' '}
          <NotebookText
            aria-label="has notes"
            size={16}
            strokeWidth={1.75}
            className="ms-1 inline align-[-0.17em] text-ink-muted"
          />
        </>
      )}
    </span>
  )
  const className =
    'flex min-h-(--row-inside) min-w-0 flex-1 items-start py-[calc((var(--row-inside)-1.5em)/2)] pr-2 text-start'
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
      aria-current={isCurrent ? 'true' : undefined}
      aria-describedby={describedBy}
      disabled={isBusy}
      onClick={onOpen}
      // The list takes Space to complete the task; a button would press itself when it is let go.
      onKeyUp={(event) => event.key === ' ' && event.preventDefault()}
      className={`${className} -ml-2 rounded-control pl-2 outline-offset-[-3px]`}
    >
      {words}
    </button>
  )
}
