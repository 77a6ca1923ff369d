'use client'

import type { BulkTasks } from '@tend/contracts'
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { announce } from '../../../components/ui/live-region.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { countTasks } from '../data/count-tasks.ts'
import type { ListedTask } from '../data/task-changes.ts'
import { useTaskActions } from '../data/tasks-provider.tsx'
import type { ViewTasks } from '../views/use-view-tasks.ts'
import { isTrash } from '../views/view-lists.ts'
import { BulkBarOnDemand } from './bulk-bar-on-demand.tsx'
import { DeleteForGood } from './delete-for-good.tsx'
import { focusOneOf } from './focus-one-of.ts'
import { rowsOf } from './list-rows.ts'
import { type ListControls, TaskItem } from './task-item.tsx'
import { nextOf, useDeletion } from './use-deletion.ts'
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

/** The longest that two presses are one double click, in milliseconds; browsers take about half a second. */
const DOUBLE_CLICK = 900

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
  const firstPress = useRef<{ task: ListedTask; at: number }>(null)
  const [editedId, setEditedId] = useState<string | null>(null)
  // A task that the server does not know yet has no id to be asked about by.
  const ids = useMemo(() => tasks.flatMap((task) => (task.isArriving ? [] : task.id)), [tasks])
  const selection = useSelection(ids)
  const deletion = useDeletion({ tasks, isInTrash, handle, onFocusElsewhere })
  const rows = useMemo(() => rowsOf(sections), [sections])
  useSelectionAnnouncement(selection.selected.size)

  function selectAll() {
    selection.selectAll()
    if (!hasMore) return
    const sentence = `The ${countTasks(ids.length)} that are loaded are selected. Scroll down for more.`
    toast(sentence, { id: 'partly-selected' })
  }

  function remove(chosen: ListedTask[]) {
    deletion.remove(chosen)
    endSelection()
  }

  function endSelection() {
    selection.clear()
    onSelectingEnd()
  }

  /** Ends the selection when its bar has done its work, and hands on the focus that the bar had. */
  function leaveBar(near: ListedTask[]) {
    endSelection()
    const isFocused = near.length > 0 && focusOneOf(near)
    // In the trash there is nowhere else.
    if (!isFocused && !isInTrash) onFocusElsewhere()
  }

  function actOnSelected(action: BulkTasks['action']) {
    if (action === 'delete') return remove(chosen)
    changeTasks(action, chosen)
    leaveBar(action === 'restore' ? nextOf(tasks, chosen) : chosen)
  }

  const chosen = tasks.filter(({ id }) => selection.selected.has(id))
  const edit = ({ id }: ListedTask) => setEditedId(id)
  useListKeys({
    tasks,
    isInTrash,
    selection,
    handle,
    onAll: selectAll,
    onEdit: edit,
    onDelete: remove,
  })
  useImperativeHandle(props.ref, () => ({
    focusTask: (id) => handle.current?.focusRow(id),
    deleteTask: (task) => remove([task]),
  }))

  const controls = useStableControls({
    open: (task) => {
      firstPress.current = { task, at: performance.now() }
      onOpen(task)
    },
    // The first press may have opened the details and moved the rows: the second one meets another task.
    edit: (task) => {
      const { task: pressed, at } = firstPress.current ?? { task, at: 0 }
      edit(performance.now() - at < DOUBLE_CLICK ? pressed : task)
    },
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
      <BulkBarOnDemand
        isWanted={isSelecting || selection.selected.size > 0}
        tasks={chosen}
        isInTrash={isInTrash}
        onAct={actOnSelected}
        onDone={() => leaveBar(chosen)}
        onClear={() => (chosen.length > 0 ? leaveBar(chosen) : endSelection())}
      />
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
