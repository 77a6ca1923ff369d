'use client'

import type { Task } from '@tend/contracts'
import { Plus } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTend } from '../../api/tend-provider.tsx'
import { QuickAdd } from './capture/quick-add.tsx'
import { readDrafts } from './capture/task-drafts.ts'
import { UnsentTasks } from './capture/unsent-tasks.tsx'
import { useUnsentTasks } from './capture/use-unsent-tasks.ts'
import { TasksProvider, useTaskActions } from './data/tasks-provider.tsx'
import { useTaskList } from './data/use-task-list.ts'
import { OfflineNotice } from './list/offline-notice.tsx'
import { TaskList } from './list/task-list.tsx'
import { taskButtonId } from './list/task-row.tsx'
import { EditTaskDialog } from './panel/edit-task-dialog.tsx'
import { type TypedText, typedOf } from './panel/use-task-editor.ts'

type OpenTask = { task: Task; start: TypedText }

const everything = { status: 'all', sort: 'newest' } as const

type TaskWorkspaceProps = {
  userId: string
  /** The date by which the server has rendered the page, `YYYY-MM-DD`. */
  serverToday: string
}

/** The place where a person works on their tasks: writing them down, looking through them, doing them. */
export function TaskWorkspace({ userId, serverToday }: TaskWorkspaceProps) {
  return (
    <TasksProvider serverToday={serverToday}>
      <Workspace userId={userId} />
    </TasksProvider>
  )
}

function Workspace({ userId }: { userId: string }) {
  const list = useTaskList(everything)
  const { unsent, add, retry, discard } = useUnsentTasks(userId, list.tasks)
  const { deleteTask } = useTaskActions()
  const [dialog, setDialog] = useState<OpenTask | null>(null)
  const quickAdd = useRef<HTMLInputElement>(null)
  const focusAfter = useRef<string | null>(null)

  const edit = useCallback((task: Task) => {
    focusAfter.current = taskButtonId(task.id)
    setDialog({ task, start: typedOf(task) })
  }, [])
  const close = () => setDialog(null)

  const tend = useTend()
  useEffect(() => {
    // If it fails, the first change says so.
    tend.ready().catch(() => {})
  }, [tend])

  const isEmpty = list.query.data !== undefined && list.tasks.length === 0
  useEffect(() => {
    // The first thing to do; where typing opens no keyboard over half the screen.
    if (isEmpty && matchMedia('(pointer: fine)').matches) quickAdd.current?.focus()
  }, [isEmpty])

  useEffect(() => {
    const draft = readDrafts(userId).edit
    if (draft !== null) setDialog({ task: draft.task, start: draft })
  }, [userId])

  function moveToTrash(task: Task) {
    const place = list.tasks.findIndex(({ id }) => id === task.id)
    const next = list.tasks[place + 1] ?? list.tasks[place - 1]
    focusAfter.current = next === undefined ? null : taskButtonId(next.id)
    deleteTask(task)
    if (dialog === null) returnFocus()
    else close()
  }

  function returnFocus() {
    const target = focusAfter.current && document.getElementById(focusAfter.current)
    if (target) target.focus()
    else quickAdd.current?.focus()
  }

  return (
    <main className="pb-28">
      <ListHeading list={list} />
      <OfflineNotice />
      <QuickAdd
        userId={userId}
        inputRef={quickAdd}
        onAdd={(title) => add({ title, description: null })}
      />
      <UnsentTasks unsent={unsent} onRetry={retry} onDiscard={discard} />
      <TaskList {...list} onEdit={edit} onDelete={moveToTrash} />
      <AddButton onPress={() => quickAdd.current?.focus()} />
      {dialog !== null && (
        <EditTaskDialog
          userId={userId}
          task={dialog.task}
          start={dialog.start}
          onClose={close}
          onDelete={moveToTrash}
          onAddAsNew={add}
          onReturnFocus={returnFocus}
        />
      )}
    </main>
  )
}

function ListHeading({ list: { query, tasks } }: { list: ReturnType<typeof useTaskList> }) {
  const open = tasks.filter((task) => !task.isCompleted).length
  const count = query.data === undefined ? null : `${open}${query.hasNextPage ? '+' : ''}`
  useEffect(() => {
    document.title = count === null || count === '0' ? 'Tasks · Tend' : `(${count}) Tasks · Tend`
  }, [count])
  return (
    <div className="flex items-baseline justify-between gap-4 pt-6 pb-3 pl-(--text-edge)">
      <h1 className="font-medium text-view">Tasks</h1>
      {count !== null && tasks.length > 0 && (
        <p className="text-ink-muted text-meta tabular-nums">{count} left</p>
      )}
    </div>
  )
}

/** On phones, where the field is out of the thumb's reach. */
function AddButton({ onPress }: { onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="fixed right-4 bottom-[max(1.25rem,env(safe-area-inset-bottom))] z-20 hidden size-14 place-items-center rounded-full bg-accent text-accent-ink shadow-float max-sm:grid"
    >
      <Plus aria-hidden size={26} strokeWidth={1.75} />
      <span className="sr-only">Write a task</span>
    </button>
  )
}
