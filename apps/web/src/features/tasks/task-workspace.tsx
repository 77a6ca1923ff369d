'use client'

import type { Task } from '@tend/contracts'
import { Plus } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTend } from '../../api/tend-provider.tsx'
import { NotebookSheet } from '../../components/notebook-sheet.tsx'
import { useOnDemand } from '../../components/ui/use-on-demand.ts'
import { QuickAdd } from './capture/quick-add.tsx'
import { readDrafts } from './capture/task-drafts.ts'
import { UnsentTasks } from './capture/unsent-tasks.tsx'
import { useUnsentTasks } from './capture/use-unsent-tasks.ts'
import type { TaskText } from './data/task-changes.ts'
import { tasksOf } from './data/task-queries.ts'
import { TasksProvider } from './data/tasks-provider.tsx'
import { useTask } from './data/use-task.ts'
import { OfflineNotice } from './list/offline-notice.tsx'
import { TaskList, type TaskListHandle } from './list/task-list.tsx'
import { useWorkspaceKeys } from './list/use-workspace-keys.ts'
import { EditTaskDialog } from './panel/edit-task-dialog.tsx'
import { typedOf } from './panel/use-task-editor.ts'
import { BottomBar } from './views/bottom-bar.tsx'
import { Sidebar } from './views/sidebar.tsx'
import { useView } from './views/use-view.ts'
import { useViewTasks } from './views/use-view-tasks.ts'
import { ViewHead } from './views/view-head.tsx'

type TaskWorkspaceProps = {
  userId: string
  /** The date by which the server has rendered the page, `YYYY-MM-DD`. */
  serverToday: string
  /** The menu of the person's account. */
  account: ReactNode
}

/** The place where a person works on their tasks: writing them down, looking through them, doing them. */
export function TaskWorkspace({ userId, serverToday, account }: TaskWorkspaceProps) {
  return (
    <TasksProvider serverToday={serverToday}>
      <div className="md:flex">
        <Sidebar account={account} />
        <div className="min-w-0 flex-1">
          <NotebookSheet>
            <Workspace userId={userId} />
          </NotebookSheet>
        </div>
      </div>
      <BottomBar />
    </TasksProvider>
  )
}

function Workspace({ userId }: { userId: string }) {
  const { view, openTask } = useView()
  const list = useViewTasks(view)
  const { unsent, add, retry, discard } = useUnsentTasks(userId, tasksOf(list.query.data))
  const quickAdd = useRef<HTMLInputElement>(null)
  const handle = useRef<TaskListHandle>(null)
  const write = () => quickAdd.current?.focus()
  const search = useSearch()
  const { help, openHelp } = useHelp()
  useWorkspaceKeys({ onWrite: write, onSearch: search.open, onHelp: openHelp })
  useReadiness()

  const isEmpty = !list.isLoading && list.sections.length === 0 && view.q === null
  useEffect(() => {
    // The first thing to do; where typing opens no keyboard over half the screen.
    if (isEmpty && matchMedia('(pointer: fine)').matches) quickAdd.current?.focus()
  }, [isEmpty])

  return (
    <main className="pb-28 max-md:pb-40">
      <ViewHead
        view={view}
        isSearching={search.isOpen}
        searchRef={search.field}
        onSearch={search.open}
        onSearchEnd={search.close}
      />
      <OfflineNotice />
      <QuickAdd
        userId={userId}
        inputRef={quickAdd}
        onAdd={(title) => add({ title, description: null })}
      />
      <UnsentTasks unsent={unsent} onRetry={retry} onDiscard={discard} />
      <TaskList
        ref={handle}
        list={list}
        onOpen={({ id }) => openTask(id)}
        onFocusElsewhere={write}
      />
      <AddButton onPress={write} />
      {view.task !== null && (
        <OpenTask
          key={view.task}
          id={view.task}
          userId={userId}
          onDelete={(task) => handle.current?.deleteTask(task)}
          onAddAsNew={add}
          onReturnFocus={(id) => handle.current?.focusTask(id)}
        />
      )}
      {help}
    </main>
  )
}

type OpenTaskProps = {
  id: string
  userId: string
  onDelete: (task: Task) => void
  onAddAsNew: (text: TaskText) => void
  onReturnFocus: (id: string) => void
}

function OpenTask({ id, userId, onDelete, onAddAsNew, onReturnFocus }: OpenTaskProps) {
  const { task } = useTask(id)
  const { closeTask } = useView()
  const [draft] = useState(() => readDrafts(userId).edit)
  if (!task) return null
  return (
    <EditTaskDialog
      userId={userId}
      task={task}
      start={draft?.task.id === id ? draft : typedOf(task)}
      onClose={closeTask}
      onDelete={(deleted) => {
        closeTask()
        onDelete(deleted)
      }}
      onAddAsNew={onAddAsNew}
      onReturnFocus={() => onReturnFocus(id)}
    />
  )
}

/** The search, which opens when it is asked for and by an address that searches. */
function useSearch() {
  const { view } = useView()
  const [isWanted, setIsWanted] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const isOpen = isWanted || view.q !== null

  useEffect(() => {
    if (isWanted) field.current?.focus()
  }, [isWanted])

  return {
    isOpen,
    field,
    open: () => {
      setIsWanted(true)
      field.current?.select()
    },
    close: () => setIsWanted(false),
  }
}

const loadHelp = () => import('./list/keyboard-help.tsx')

function useHelp() {
  const { part, demand } = useOnDemand(loadHelp)
  const [isOpen, setIsOpen] = useState(false)
  return {
    help: part !== null && isOpen && <part.KeyboardHelp onClose={() => setIsOpen(false)} />,
    openHelp: () => {
      setIsOpen(true)
      void demand()
    },
  }
}

/** Gets the access token ahead, so that the first change does not wait for it. */
function useReadiness() {
  const tend = useTend()
  useEffect(() => {
    // If it fails, the first change says so.
    tend.ready().catch(() => {})
  }, [tend])
}

/** On phones, where the field is out of the thumb's reach. */
function AddButton({ onPress }: { onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="fixed right-4 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-20 grid size-14 place-items-center rounded-full bg-accent text-accent-ink shadow-float md:hidden"
    >
      <Plus aria-hidden size={26} strokeWidth={1.75} />
      <span className="sr-only">Write a task</span>
    </button>
  )
}
