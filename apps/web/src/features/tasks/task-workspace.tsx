'use client'

import type { Task } from '@tend/contracts'
import { type ReactNode, useEffect, useRef } from 'react'
import { getReady, useTend } from '../../api/tend-provider.tsx'
import { NotebookSheet } from '../../components/notebook-sheet.tsx'
import { toast } from '../../components/ui/toast.ts'
import { AddButton } from './capture/add-button.tsx'
import { QuickAdd } from './capture/quick-add.tsx'
import { UnsentTasks } from './capture/unsent-tasks.tsx'
import { useUnsentTasks } from './capture/use-unsent-tasks.ts'
import { useWriting } from './capture/use-writing.ts'
import { quoteTitle } from './data/quote-title.ts'
import { TasksProvider, useTaskActions, useToday } from './data/tasks-provider.tsx'
import { HelpButton } from './list/help-button.tsx'
import type { TaskListHandle } from './list/loaded-tasks.tsx'
import { OfflineNotice } from './list/offline-notice.tsx'
import { TaskList } from './list/task-list.tsx'
import { TrashNote } from './list/trash-note.tsx'
import { useHelp } from './list/use-help.tsx'
import { useSelecting } from './list/use-selecting.ts'
import { useWorkspaceKeys } from './list/use-workspace-keys.ts'
import { PaletteButton } from './palette/palette-button.tsx'
import { showPalette } from './palette/palette-store.ts'
import { usePalette } from './palette/use-palette.tsx'
import { TaskPanelOnDemand } from './panel/task-panel-on-demand.tsx'
import { UnsavedEdits } from './panel/unsaved-edits.tsx'
import { BottomBar } from './views/bottom-bar.tsx'
import { Sidebar } from './views/sidebar.tsx'
import { useSearch } from './views/use-search.ts'
import { useView } from './views/use-view.ts'
import { useViewTasks } from './views/use-view-tasks.ts'
import { ViewHead } from './views/view-head.tsx'
import { holdsTask, isToday, isTrash } from './views/view-lists.ts'
import { viewHref } from './views/view-params.ts'

type TaskWorkspaceProps = {
  userId: string
  /** The date by which the server has rendered the page, `YYYY-MM-DD`. */
  serverToday: string
  /** The menu of the person's account. */
  account: ReactNode
  onSignOut: () => void
}

/** The place where a person works on their tasks: writing them down, looking through them, doing them. */
export function TaskWorkspace({ userId, serverToday, ...props }: TaskWorkspaceProps) {
  return (
    <TasksProvider userId={userId} serverToday={serverToday}>
      <Workspace {...props} />
    </TasksProvider>
  )
}

function Workspace({ account, onSignOut }: Pick<TaskWorkspaceProps, 'account' | 'onSignOut'>) {
  const { view, openTask, closeTask } = useView()
  const viewKey = viewHref({ ...view, task: null, q: view.q && 'any' })
  const list = useViewTasks(view)
  const today = useToday()
  const { deleteTask } = useTaskActions()
  const unsent = useUnsentTasks({
    onAdded(task) {
      if (holdsTask(view, task, today)) return
      const action = { label: 'Show', onClick: () => openTask(task.id) }
      toast(`${quoteTitle(task.title)} was added, and does not belong here.`, { action })
    },
  })
  const handle = useRef<TaskListHandle>(null)
  const { field, write } = useWriting()
  const search = useSearch(viewHref({ ...view, task: null, q: null }))
  const selecting = useSelecting(viewKey)
  const { help, openHelp } = useHelp()
  useWorkspaceKeys({ onWrite: write, onSearch: search.open, onHelp: openHelp })
  const palette = usePalette({ onWrite: write, onHelp: openHelp, onSignOut })
  useReadiness()

  function moveToTrash(task: Task) {
    closeTask()
    // The list of the trash deletes for good, and what is open over it may be a live task.
    if (handle.current !== null && !isTrash(view)) return handle.current.deleteTask(task)
    deleteTask(task)
    focusList()
  }

  function returnFocus() {
    const isListed = list.sections.some(({ tasks }) => tasks.some(({ id }) => id === view.task))
    if (isListed && view.task !== null) handle.current?.focusTask(view.task)
    else if (isTrash(view)) focusList()
    else write()
  }

  /** Puts the focus on the first task, else into the view's field. Unlike `write`, it never leaves the view. */
  function focusList() {
    const first = list.sections[0]?.tasks[0]
    if (first === undefined) field.current?.focus()
    else handle.current?.focusTask(first.id)
  }

  return (
    <div className="md:flex">
      <Sidebar
        account={account}
        foot={
          <>
            <PaletteButton onPress={() => showPalette(true)} />
            <HelpButton onPress={openHelp} />
          </>
        }
      />
      <div className="min-w-0 flex-1">
        <NotebookSheet>
          <main className="pb-28 max-md:pb-40">
            <ViewHead
              view={view}
              isSearching={search.isOpen}
              searchRef={search.field}
              onSearch={search.open}
              onSearchEnd={search.close}
              onSelect={selecting.start}
            />
            <OfflineNotice />
            {isTrash(view) ? (
              <TrashNote />
            ) : (
              <QuickAdd
                inputRef={field}
                defaults={{ dueDate: isToday(view) ? today : null, label: view.label }}
                onAdd={(tasks) => tasks.forEach(unsent.add)}
              />
            )}
            <UnsentTasks {...unsent} onFocusElsewhere={focusList} />
            <UnsavedEdits openTaskId={view.task} onOpen={openTask} onFocusElsewhere={focusList} />
            <TaskList
              key={viewKey}
              ref={handle}
              list={list}
              openTaskId={view.task}
              onOpen={({ id }) => openTask(id)}
              isSelecting={selecting.isSelecting}
              onSelectingEnd={selecting.end}
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
      <BottomBar />
      {help}
      {palette}
    </div>
  )
}

/** Gets the access token ahead, so that the first change does not wait for it. */
function useReadiness() {
  const tend = useTend()
  useEffect(() => {
    // If it fails, the first change says so.
    getReady(tend).catch(() => {})
  }, [tend])
}
