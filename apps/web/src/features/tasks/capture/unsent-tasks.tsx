'use client'

import { CircleAlert } from 'lucide-react'
import { Button } from '../../../components/ui/button.tsx'
import { focusNeighbour } from '../drafts/focus-neighbour.ts'
import type { UnsentTask } from '../drafts/task-drafts.ts'
import type { useUnsentTasks } from './use-unsent-tasks.ts'

type UnsentTasksProps = Pick<ReturnType<typeof useUnsentTasks>, 'failed' | 'retry' | 'discard'> & {
  /** Takes the focus when no task is left to have it. */
  onFocusElsewhere: () => void
}

/** New tasks that could not be saved. They wait here until they are sent again, by themselves or on request, or given up. */
export function UnsentTasks({ failed, retry, discard, onFocusElsewhere }: UnsentTasksProps) {
  if (failed.length === 0) return null
  return (
    <ul aria-label="Not saved yet">
      {failed.map(({ name, task, failure, isUnderWay }) => (
        <li key={name} className="flex items-start">
          <span className="grid h-(--row) w-(--margin) shrink-0 place-items-center text-warn">
            <CircleAlert aria-hidden size={20} strokeWidth={1.75} />
          </span>
          <div className="flex min-w-0 flex-1 flex-wrap items-center justify-end gap-x-2 border-line border-b py-1.5 pl-(--text-inset)">
            <div className="min-w-0 flex-1 basis-60 py-1">
              <p dir="auto" className="[overflow-wrap:anywhere]">
                {task.unread?.text ?? task.body.title}
              </p>
              <p className="text-ink-muted text-meta">{describe(failure)}</p>
            </div>
            <Button
              look="plain"
              size="small"
              onClick={({ currentTarget }) => {
                if (!focusNeighbour(currentTarget.closest('li'))) onFocusElsewhere()
                discard(name)
              }}
            >
              Discard
            </Button>
            <Button
              look="quiet"
              size="small"
              aria-disabled={isUnderWay}
              onClick={() => retry(name, failure.isThere)}
            >
              {isUnderWay ? 'Sending…' : failure.isThere ? 'Add anyway' : 'Try again'}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  )
}

function describe({ reason, isThere }: NonNullable<UnsentTask['failure']>): string {
  return isThere ? reason : `Not saved. ${reason}`
}
