'use client'

import type { Task } from '@tend/contracts'
import { Plus } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTend } from '../../api/tend-provider.tsx'
import { NotebookSheet } from '../../components/notebook-sheet.tsx'
import { useOnDemand } from '../../components/ui/use-on-demand.ts'
import { QuickAdd } from './capture/quick-add.tsx'
import { UnsentTasks } from './capture/unsent-tasks.tsx'
import { useUnsentTasks } from './capture/use-unsent-tasks.ts'
import { TasksProvider, useTaskActions, useToday } from './data/tasks-provider.tsx'
import { OfflineNotice } from './list/offline-notice.tsx'
import { TaskList, type TaskListHandle } from './list/task-list.tsx'
import { useWorkspaceKeys } from './list/use-workspace-keys.ts'
import { PaletteButton } from './palette/palette-button.tsx'
import { usePalette } from './palette/use-palette.tsx'
import { TaskPanelOnDemand } from './panel/task-panel-on-demand.tsx'
import { UnsavedEdits } from './panel/unsaved-edits.tsx'
import { BottomBar } from './views/bottom-bar.tsx'
import { Sidebar } from './views/sidebar.tsx'
import { useView } from './views/use-view.ts'
import { useViewTasks } from './views/use-view-tasks.ts'
import { ViewHead } from './views/view-head.tsx'
import { isToday } from './views/view-lists.ts'

type TaskWorkspaceProps = {
  userId: string
  /** The date by which the server has rendered the page, `YYYY-MM-DD`. */
  serverToday: string
  /** The menu of the person's account. */
  account: ReactNode
  onSignOut: () => void
}

/** The place where a person works on their tasks: writing them down, looking through them, doing them. */
export function TaskWorkspace(props: TaskWorkspaceProps) {
  const { userId, serverToday, account, onSignOut } = props
  return (
    <TasksProvider userId={userId} serverToday={serverToday}>
      <div className="md:flex">
        <Sidebar account={account} foot={<PaletteButton />} />
        <Workspace onSignOut={onSignOut} />
      </div>
      <BottomBar />
    </TasksProvider>
  )
}

function Workspace({ onSignOut }: { onSignOut: () => void }) {
  const { view, openTask, closeTask } = useView()
  const list = useViewTasks(view)
  const today = useToday()
  const { deleteTask } = useTaskActions()
  const unsent = useUnsentTasks()
  const quickAdd = useRef<HTMLInputElement>(null)
  const handle = useRef<TaskListHandle>(null)
  const write = () => quickAdd.current?.focus()
  const search = useSearch()
  const { help, openHelp } = useHelp()
  useWorkspaceKeys({ onWrite: write, onSearch: search.open, onHelp: openHelp })
  const palette = usePalette({ onWrite: write, onHelp: openHelp, onSignOut })
  useReadiness()

  const isEmpty = !list.isLoading && list.sections.length === 0 && view.q === null
  const invitesWriting = isEmpty && view.task === null
  useEffect(() => {
    // The first thing to do; where typing opens no keyboard over half the screen.
    if (invitesWriting && matchMedia('(pointer: fine)').matches) quickAdd.current?.focus()
  }, [invitesWriting])

  function moveToTrash(task: Task) {
    closeTask()
    if (handle.current !== null) return handle.current.deleteTask(task)
    deleteTask(task)
    write()
  }

  function returnFocus() {
    const isListed = list.sections.some(({ tasks }) => tasks.some(({ id }) => id === view.task))
    if (isListed && view.task !== null) handle.current?.focusTask(view.task)
    else write()
  }

  return (
    <>
      <div className="min-w-0 flex-1">
        <NotebookSheet>
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
              inputRef={quickAdd}
              defaults={{ dueDate: isToday(view) ? today : null, label: view.label }}
              onAdd={(tasks) => tasks.forEach(unsent.add)}
            />
            <UnsentTasks {...unsent} />
            <UnsavedEdits openTaskId={view.task} onOpen={openTask} />
            <TaskList
              ref={handle}
              list={list}
              onOpen={({ id }) => openTask(id)}
              onFocusElsewhere={write}
            />
            <AddButton onPress={write} />
          </main>
        </NotebookSheet>
      </div>
      <TaskPanelOnDemand
        taskId={view.task}
        onClose={closeTask}
        onDelete={moveToTrash}
        onAddAsNew={(body) => unsent.add({ body, unread: null })}
        onReturnFocus={returnFocus}
      />
      {help}
      {palette}
    </>
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
