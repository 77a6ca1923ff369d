'use client'

import { Pencil, Trash2, Undo2 } from 'lucide-react'
import { type MouseEvent, memo, type ReactNode } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { Tick } from '../../../components/ui/tick.tsx'
import type { ListedTask } from '../data/task-changes.ts'
import { useTaskActions, useToday } from '../data/tasks-provider.tsx'
import { InlineTitle } from '../panel/inline-title.tsx'
import { ViewLink } from '../views/view-link.tsx'
import { hasMeta, TaskMeta } from './task-meta.tsx'
import { TaskRow } from './task-row.tsx'
import { TaskTitle } from './task-title.tsx'

/** What a row asks of the list around it. */
export type ListControls = {
  open: (task: ListedTask) => void
  /** Opens the title for writing, in its place. */
  edit: (task: ListedTask) => void
  /** `isByKey` says that the focus is to stay with the row. */
  endEdit: (task: ListedTask, isByKey: boolean) => void
  /** Deletes the task and hands the focus on; in the trash for good, after asking. */
  delete: (task: ListedTask) => void
  select: (id: string, how: 'toggle' | 'range') => void
}

type TaskItemProps = {
  task: ListedTask
  /** Whether its details are open. */
  isOpen: boolean
  isSelected: boolean
  isInTrash: boolean
  isEdited: boolean
  hidesDate: boolean
  /** The label that all tasks of the view have. */
  viewLabel: string | null
  /** Whether a press selects, as on touch screens while tasks are being selected. */
  pressSelects: boolean
  controls: ListControls
}

/** A row of the person's own list, at work. */
export const TaskItem = memo(function TaskItem(props: TaskItemProps) {
  const { task, isOpen, isSelected, isInTrash, isEdited, hidesDate, viewLabel, controls } = props
  const { completeTask } = useTaskActions()
  const today = useToday()
  const metaId = `meta-${task.id}`
  const showsMeta = hasMeta({ task, hidesDate, viewLabel })

  function onPress(event: MouseEvent) {
    if (event.shiftKey) controls.select(task.id, 'range')
    else if (props.pressSelects || event.metaKey || event.ctrlKey)
      controls.select(task.id, 'toggle')
    else if (!isInTrash) controls.open(task)
  }

  return (
    <TaskRow
      tick={
        isInTrash ? null : (
          <Tick
            isTicked={task.isCompleted}
            isDisabled={task.isArriving === true}
            label={`Complete ${task.title}`}
            onChange={(isCompleted) => completeTask(task, isCompleted)}
          />
        )
      }
      isOpen={isOpen}
      isSelected={isSelected}
      meta={
        showsMeta && (
          <TaskMeta
            id={metaId}
            task={task}
            today={today}
            hidesDate={hidesDate}
            viewLabel={viewLabel}
            linkLabel={linkLabel}
          />
        )
      }
      onEdit={isInTrash || task.isArriving ? undefined : () => controls.edit(task)}
      keepsActions={isInTrash}
      // They would lie over the end of what is being written.
      actions={task.isArriving === undefined && !isEdited && <ItemActions {...props} />}
    >
      {isEdited ? (
        <InlineTitle task={task} onDone={(isByKey) => controls.endEdit(task, isByKey)} />
      ) : (
        <TaskTitle
          task={task}
          isBusy={task.isArriving === true}
          isCurrent={isOpen}
          describedBy={showsMeta ? metaId : undefined}
          onOpen={onPress}
        />
      )}
      {isSelected && <span className="sr-only">selected</span>}
    </TaskRow>
  )
})

function ItemActions({ task, isInTrash, controls }: TaskItemProps) {
  const { restoreTask } = useTaskActions()
  if (isInTrash) {
    return (
      <>
        <IconButton
          icon={Undo2}
          label={`Restore ${task.title}`}
          onClick={() => restoreTask(task)}
        />
        <IconButton
          icon={Trash2}
          label={`Delete ${task.title} for good`}
          onClick={() => controls.delete(task)}
        />
      </>
    )
  }
  return (
    <>
      <IconButton icon={Pencil} label={`Edit ${task.title}`} onClick={() => controls.open(task)} />
      <IconButton
        icon={Trash2}
        label={`Delete ${task.title}`}
        onClick={() => controls.delete(task)}
      />
    </>
  )
}

function linkLabel(label: string, words: ReactNode, className: string): ReactNode {
  return (
    <ViewLink to={{ label }} className={`${className} hover:text-ink hover:underline`}>
      {words}
    </ViewLink>
  )
}
