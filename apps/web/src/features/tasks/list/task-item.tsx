'use client'

import type { Task } from '@tend/contracts'
import { Pencil, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import type { ListedTask } from '../data/task-changes.ts'
import { useTaskActions } from '../data/tasks-provider.tsx'
import { TaskRow } from './task-row.tsx'

type TaskItemProps = {
  task: ListedTask
  onEdit: (task: Task) => void
  onDelete: (task: Task) => void
}

/** A row of the person's own list, at work. */
export const TaskItem = memo(function TaskItem({ task, onEdit, onDelete }: TaskItemProps) {
  const { completeTask } = useTaskActions()
  return (
    <TaskRow
      task={task}
      isBusy={task.isArriving === true}
      onTick={(isCompleted) => completeTask(task, isCompleted)}
      onOpen={() => onEdit(task)}
      actions={
        task.isArriving === undefined && (
          <>
            <IconButton icon={Pencil} label={`Edit ${task.title}`} onClick={() => onEdit(task)} />
            <IconButton
              icon={Trash2}
              label={`Delete ${task.title}`}
              onClick={() => onDelete(task)}
            />
          </>
        )
      }
    />
  )
})
