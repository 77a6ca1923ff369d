'use client'

import type { BulkTasks } from '@tend/contracts'
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { announce } from '../../../components/ui/live-region.tsx'
import type { ListedTask } from '../data/task-changes.ts'
import { useTaskActions } from '../data/tasks-provider.tsx'
import type { ViewTasks } from '../views/use-view-tasks.ts'
import { isTrash } from '../views/view-lists.ts'
import { BulkBar } from './bulk-bar.tsx'
import { DeleteForGood } from './delete-for-good.tsx'
import { rowsOf } from './list-rows.ts'
import { type ListControls, TaskItem } from './task-item.tsx'
import { useDeletion } from './use-deletion.ts'
import { useListKeys } from './use-list-keys.ts'
import { useSelection } from './use-selection.ts'
import { type ListHandle, VirtualList } from './virtual-list.tsx'

/** How the page around acts on the list. */
export type TaskListHandle = {
  /** Brings a task into sight and focuses it. */
  focusTask: (id: string) => void
  /** Deletes a task and hands the focus on. */
  deleteTask: (task: ListedTask) => void
}

type LoadedTasksProps = {
  list: ViewTasks
  tasks: ListedTask[]
  /** The task whose details are open. */
  openTaskId: string | null
  onOpen: (task: ListedTask) => void
  /** Whether a press on a task selects it. */
  isSelecting: boolean
  onSelectingEnd: () => void
  onFocusElsewhere: () => void
  ref: Ref<TaskListHandle>
}

/** A list with tasks in it: its rows, the selection, and the keys that act on both. */
export function LoadedTasks(props: LoadedTasksProps) {
  const { list, tasks, openTaskId, onOpen, isSelecting, onSelectingEnd, onFocusElsewhere } = props
  const { view, sections, hasMore, loadMore } = list
  const isInTrash = isTrash(view)
  const { changeTasks } = useTaskActions()
  const handle = useRef<ListHandle>(null)
  const [editedId, setEditedId] = useState<string | null>(null)
  const ids = useMemo(() => tasks.map(({ id }) => id), [tasks])
  const selection = useSelection(ids)
  const deletion = useDeletion({ tasks, isInTrash, handle, onFocusElsewhere })
  const rows = useMemo(() => rowsOf(sections), [sections])
  useSelectionAnnouncement(selection.selected.size)

  function remove(chosen: ListedTask[]) {
    deletion.remove(chosen)
    endSelection()
  }

  function endSelection() {
    selection.clear()
    onSelectingEnd()
  }

  function actOnSelected(action: BulkTasks['action']) {
    const chosen = tasks.filter(({ id }) => selection.selected.has(id))
    if (action === 'delete') return remove(chosen)
    changeTasks(action, chosen)
    endSelection()
  }

  const edit = ({ id }: ListedTask) => setEditedId(id)
  useListKeys({ tasks, isInTrash, selection, handle, onEdit: edit, onDelete: remove })
  useImperativeHandle(props.ref, () => ({
    focusTask: (id) => handle.current?.focusRow(id),
    deleteTask: (task) => remove([task]),
  }))

  const controls = useStableControls({
    open: onOpen,
    edit,
    endEdit: (task, isByKey) => {
      setEditedId(null)
      if (isByKey) handle.current?.focusRow(task.id)
    },
    delete: (task) => remove([task]),
    select: selection.select,
  })

  return (
    <>
      <VirtualList
        ref={handle}
        rows={rows}
        isWhole={!hasMore}
        onNearEnd={loadMore}
        renderTask={({ task, section }) => (
          <TaskItem
            task={task}
            isOpen={task.id === openTaskId}
            isSelected={selection.selected.has(task.id)}
            isInTrash={isInTrash}
            isEdited={task.id === editedId}
            hidesDate={section.isOneDay}
            viewLabel={view.q === null ? view.label : null}
            pressSelects={isSelecting}
            controls={controls}
          />
        )}
      />
      {(isSelecting || selection.selected.size > 0) && (
        <BulkBar
          tasks={tasks.filter(({ id }) => selection.selected.has(id))}
          isInTrash={isInTrash}
          onAct={actOnSelected}
          onClear={endSelection}
        />
      )}
      {deletion.asked !== null && <DeleteForGood {...deletion} tasks={deletion.asked} />}
    </>
  )
}

/** Rows are rendered again when their task changes, and not because the list around them has. */
function useStableControls(controls: ListControls): ListControls {
  const now = useRef(controls)
  useEffect(() => {
    now.current = controls
  })
  return useMemo(
    () => ({
      open: (task) => now.current.open(task),
      edit: (task) => now.current.edit(task),
      endEdit: (task, isByKey) => now.current.endEdit(task, isByKey),
      delete: (task) => now.current.delete(task),
      select: (id, how) => now.current.select(id, how),
    }),
    [],
  )
}

function useSelectionAnnouncement(count: number): void {
  const known = useRef(count)
  useEffect(() => {
    if (count !== known.current) announce(count === 0 ? 'Nothing selected' : `${count} selected`)
    known.current = count
  }, [count])
}
