'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { CreateTask, Task } from '@tend/contracts'
import { Trash2, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { describeFailure } from '../../../api/describe-failure.ts'
import { Button } from '../../../components/ui/button.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { isGoing } from '../data/changes-on-their-way.ts'
import { useTask } from '../data/use-task.ts'
import { useTaskTotals } from '../data/use-task-totals.ts'
import { DueDateField } from './due-date-field.tsx'
import { GoneTask } from './gone-task.tsx'
import { LabelsField } from './labels-field.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelNotes } from './panel-notes.tsx'
import { PanelTitle } from './panel-title.tsx'
import { PriorityField } from './priority-field.tsx'
import { TaskHistory } from './task-history.tsx'

export type TaskPanelProps = {
  taskId: string
  onClose: () => void
  /** Moves the task to the trash, with Undo, and finds out where the focus goes. */
  onDelete: (task: Task) => void
  /** Adds what was written for a task that is no longer there. */
  onAddAsNew: (task: CreateTask) => void
  /** Puts the focus where it belongs when the panel has closed. */
  onReturnFocus: () => void
}

/** Everything about one task, each field saved on its own. */
export function TaskPanel(props: TaskPanelProps) {
  const { taskId, onClose } = props
  const { task, error } = useTask(taskId)
  const lastKnown = useLastKnown(taskId, task)
  // Whose notes are open for writing.
  const [writtenId, setWrittenId] = useState<string | null>(null)
  const isGoingHere = isGoing(useQueryClient(), taskId) && task === null
  const close = () => {
    onClose()
    props.onReturnFocus()
  }

  useEffect(() => {
    // Deleted from its row, with the focus handed on there.
    if (isGoingHere) onClose()
  }, [isGoingHere, onClose])

  return (
    <PanelFrame
      taskId={taskId}
      onClose={onClose}
      onEditNotes={() => setWrittenId(taskId)}
      onReturnFocus={props.onReturnFocus}
    >
      <div className="flex min-h-full flex-col gap-5 p-4 sm:px-5">
        <div className="-mb-3 flex items-center justify-between">
          <h2 className="text-ink-muted text-meta">Task</h2>
          <div className="-mr-2 flex">
            {task && (
              <IconButton
                icon={Trash2}
                label={`Delete ${task.title}`}
                onClick={() => props.onDelete(task)}
              />
            )}
            <IconButton icon={X} label="Close details" onClick={close} />
          </div>
        </div>
        {task && (
          <TaskFields
            key={taskId}
            task={task}
            isWriting={writtenId === taskId}
            onWrite={() => setWrittenId(taskId)}
            onWritten={() => setWrittenId(null)}
          />
        )}
        {task === null && !isGoingHere && (
          <GoneTask
            taskId={taskId}
            lastKnown={lastKnown}
            onClose={close}
            onAddAsNew={(added) => {
              props.onAddAsNew(added)
              close()
            }}
          />
        )}
        {task === undefined && error === null && <Waiting />}
        {task === undefined && error !== null && (
          <Message line="This task could not be loaded." detail={describeFailure(error)}>
            <Button look="quiet" size="small" onClick={close}>
              Close
            </Button>
          </Message>
        )}
      </div>
    </PanelFrame>
  )
}

type TaskFieldsProps = {
  task: Task
  isWriting: boolean
  onWrite: () => void
  onWritten: () => void
}

function TaskFields({ task, isWriting, onWrite, onWritten }: TaskFieldsProps) {
  const known = useTaskTotals()?.labels.map(({ label }) => label) ?? []
  return (
    <div className="flex flex-1 flex-col gap-5">
      <PanelTitle task={task} />
      <div className="flex flex-col gap-2">
        <DueDateField task={task} />
        <PriorityField task={task} />
        <LabelsField task={task} known={known} />
      </div>
      <PanelNotes task={task} isEditing={isWriting} onEdit={onWrite} onDone={onWritten} />
      <TaskHistory task={task} />
    </div>
  )
}

/** The task as it was before it went away. */
function useLastKnown(taskId: string, task: Task | null | undefined): Task | null {
  const [known, setKnown] = useState<Task | null>(null)
  // Not by identity: with a change on its way it is another object each time.
  if (task && (task.id !== known?.id || task.updatedAt !== known.updatedAt)) setKnown(task)
  return known?.id === taskId ? known : null
}

function Waiting() {
  return (
    <div role="status" className="flex animate-breathe flex-col gap-4 pt-3">
      <span className="sr-only">Loading the task</span>
      <span className="h-5 w-3/5 rounded-full bg-line" />
      <span className="h-3 w-1/3 rounded-full bg-line" />
      <span className="h-3 w-2/5 rounded-full bg-line" />
    </div>
  )
}

function Message({
  line,
  detail,
  children,
}: {
  line: string
  detail: string
  children: ReactNode
}) {
  return (
    <div role="alert" className="flex flex-col items-start gap-2 py-4">
      <p className="font-serif text-quote">{line}</p>
      <p className="text-ink-muted">{detail}</p>
      {children}
    </div>
  )
}
