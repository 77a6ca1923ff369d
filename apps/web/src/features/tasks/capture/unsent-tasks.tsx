import { CircleAlert } from 'lucide-react'
import { Button } from '../../../components/ui/button.tsx'
import type { UnsentTask } from './task-drafts.ts'

type UnsentTasksProps = {
  unsent: UnsentTask[]
  onRetry: (task: UnsentTask) => void
  onDiscard: (task: UnsentTask) => void
}

/** New tasks that could not be saved. They wait here until they are sent again or given up. */
export function UnsentTasks({ unsent, onRetry, onDiscard }: UnsentTasksProps) {
  if (unsent.length === 0) return null
  return (
    <ul aria-label="Not saved yet">
      {unsent.map((task) => (
        <li key={task.key} className="flex items-start">
          <span className="grid h-(--row) w-(--margin) shrink-0 place-items-center text-warn">
            <CircleAlert aria-hidden size={20} strokeWidth={1.75} />
          </span>
          <div className="flex min-w-0 flex-1 flex-wrap items-center justify-end gap-x-2 border-line border-b py-1.5 pl-(--text-inset)">
            <div className="min-w-0 flex-1 basis-60 py-1">
              <p dir="auto" className="[overflow-wrap:anywhere]">
                {task.title}
              </p>
              <p className="text-ink-muted text-meta">
                {task.reason === null
                  ? 'Perhaps not saved: the page was left while this was on its way.'
                  : `Not saved. ${task.reason}`}
              </p>
            </div>
            <Button look="plain" size="small" onClick={() => onDiscard(task)}>
              Discard
            </Button>
            <Button look="quiet" size="small" onClick={() => onRetry(task)}>
              Try again
            </Button>
          </div>
        </li>
      ))}
    </ul>
  )
}
