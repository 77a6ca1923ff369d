import type { Task } from '@tend/contracts'
import { PriorityMark, priorityWords } from '../../../components/ui/priority-mark.tsx'
import { describeDueDate, spellDate } from '../data/describe-due-date.ts'
import { ViewLink } from '../views/view-link.tsx'

type TaskMetaProps = {
  id: string
  task: Pick<Task, 'dueDate' | 'priority' | 'labels' | 'isCompleted'>
  /** The person's own date. */
  today: string
  /** Whether a heading above says when the task is due. */
  hidesDate: boolean
}

/** Whether there is anything to say of a task beside its title. */
export function hasMeta({ task, hidesDate }: Pick<TaskMetaProps, 'task' | 'hidesDate'>): boolean {
  const showsDate = task.dueDate !== null && !hidesDate
  return showsDate || task.priority !== 'none' || task.labels.length > 0
}

/** When a task is due, how much it matters, and its labels. */
export function TaskMeta({ id, task, today, hidesDate }: TaskMetaProps) {
  const { dueDate, priority, labels, isCompleted } = task
  const isOverdue = dueDate !== null && dueDate < today && !isCompleted
  return (
    <div
      id={id}
      className="flex min-w-0 flex-wrap items-center justify-end gap-x-3 text-ink-muted text-meta max-sm:justify-start"
    >
      {priority !== 'none' && (
        <span className="inline-flex items-center gap-1.5">
          <PriorityMark level={priority} />
          {priorityWords[priority]}
          <span className="sr-only"> priority</span>
        </span>
      )}
      {dueDate !== null && !hidesDate && (
        <time
          dateTime={dueDate}
          title={spellDate(dueDate)}
          className={`whitespace-nowrap tabular-nums ${isOverdue ? 'text-danger' : ''}`}
        >
          <span className="sr-only">{isOverdue ? 'overdue, was due ' : 'due '}</span>
          {describeDueDate(dueDate, today)}
        </time>
      )}
      {labels.map((label) => (
        <ViewLink
          key={label}
          to={{ label }}
          className="min-w-0 max-w-40 truncate rounded-control hover:text-ink hover:underline"
        >
          <span aria-hidden="true">#</span>
          <span className="sr-only">label </span>
          <span dir="auto">{label}</span>
        </ViewLink>
      ))}
    </div>
  )
}
