import type { Task } from '@tend/contracts'

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' })

/** When a task was made and last changed, in the person's own time. */
export function TaskHistory({ task }: { task: Task }) {
  return (
    <p className="mt-auto pt-4 text-ink-muted text-meta">
      Created <When at={task.createdAt} />
      {task.updatedAt !== task.createdAt && (
        <>
          {' · changed '}
          <When at={task.updatedAt} />
        </>
      )}
    </p>
  )
}

function When({ at }: { at: string }) {
  const time = new Date(at)
  return (
    <time dateTime={at} title={moment.format(time)}>
      {day.format(time)}
    </time>
  )
}
