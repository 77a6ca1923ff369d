import type { Task } from '@tend/contracts'
import { Fragment, type ReactNode } from 'react'
import { PriorityMark, priorityWords } from '../../../components/ui/priority-mark.tsx'
import { describeDueDate, spellDate } from '../data/describe-due-date.ts'

type TaskMetaProps = {
  id: string
  task: Pick<Task, 'dueDate' | 'priority' | 'labels' | 'isCompleted'>
  /** The person's own date. */
  today: string
  /** Whether a heading above says when the task is due. */
  hidesDate: boolean
  /** The label that all tasks of the view have. */
  viewLabel?: string | null
  /** Puts a label into what leads to its view; without it, a label is text alone. */
  linkLabel?: (label: string, words: ReactNode, className: string) => ReactNode
}

/** Whether there is anything to say of a task beside its title. */
export function hasMeta({
  task,
  hidesDate,
  viewLabel = null,
}: Omit<TaskMetaProps, 'id' | 'today'>): boolean {
  const showsDate = task.dueDate !== null && !hidesDate
  return showsDate || task.priority !== 'none' || labelsOf(task, viewLabel).length > 0
}

function labelsOf({ labels }: Pick<Task, 'labels'>, viewLabel: string | null): string[] {
  return labels.filter((label) => label !== viewLabel)
}

/** When a task is due, how much it matters, and its labels. */
export function TaskMeta(props: TaskMetaProps) {
  const { id, task, today, hidesDate, viewLabel = null, linkLabel = keepText } = props
  const { dueDate, priority, isCompleted } = task
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
      {labelsOf(task, viewLabel).map((label) => (
        <Fragment key={label}>
          {linkLabel(label, <LabelWords label={label} />, labelClass)}
        </Fragment>
      ))}
    </div>
  )
}

const labelClass = 'min-w-0 max-w-40 truncate rounded-control'

function keepText(_label: string, words: ReactNode, className: string): ReactNode {
  return <span className={className}>{words}</span>
}

function LabelWords({ label }: { label: string }) {
  return (
    <>
      <span aria-hidden="true">#</span>
      <span className="sr-only">label </span>
      <span dir="auto">{label}</span>
    </>
  )
}
