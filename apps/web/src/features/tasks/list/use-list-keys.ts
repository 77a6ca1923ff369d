'use client'

import { type RefObject, useRef } from 'react'
import type { ListedTask } from '../data/task-changes.ts'
import { useTaskActions } from '../data/tasks-provider.tsx'
import { useKeys } from './use-keys.ts'
import type { useSelection } from './use-selection.ts'
import type { ListHandle } from './virtual-list.tsx'

type ListKeysOptions = {
  /** All rows of tasks, in their order. */
  tasks: ListedTask[]
  isInTrash: boolean
  selection: ReturnType<typeof useSelection>
  handle: RefObject<ListHandle | null>
  onAll: () => void
  onEdit: (task: ListedTask) => void
  onDelete: (tasks: ListedTask[]) => void
}

/** The keys that walk through the list and act on the task with the focus, or on all that are selected. */
export function useListKeys(options: ListKeysOptions): void {
  const { tasks, isInTrash, selection, handle, onAll, onEdit, onDelete } = options
  const { completeTask, changeTasks } = useTaskActions()
  const last = useRef<string | null>(null)

  function current(): ListedTask | undefined {
    const id = document.activeElement?.closest('[data-task]')?.getAttribute('data-task')
    if (id) last.current = id
    return tasks.find((task) => task.id === id)
  }

  function move(step: 1 | -1): ListedTask | undefined {
    const from = current()?.id ?? last.current
    const index = tasks.findIndex(({ id }) => id === from)
    const target = index === -1 ? firstInSight(tasks) : tasks[index + step]
    if (target === undefined) return undefined
    last.current = target.id
    handle.current?.focusRow(target.id)
    return target
  }

  function extend(step: 1 | -1): boolean {
    const from = current()
    if (from === undefined) return false
    if (!selection.selected.has(from.id)) selection.select(from.id, 'toggle')
    const target = move(step)
    if (target !== undefined) selection.select(target.id, 'range')
    return true
  }

  /** The selected tasks, else the one with the focus. */
  function targets(): ListedTask[] {
    const one = current()
    const chosen = tasks.filter(({ id }) => selection.selected.has(id))
    const several = chosen.length > 0 ? chosen : one === undefined ? [] : [one]
    return several.filter((task) => task.isArriving === undefined)
  }

  function complete(): boolean {
    const chosen = targets()
    const [only] = chosen
    if (only === undefined || isInTrash) return false
    if (chosen.length === 1) completeTask(only, !only.isCompleted)
    else changeTasks(chosen.some((task) => !task.isCompleted) ? 'complete' : 'reopen', chosen)
    return true
  }

  function act(action: (task: ListedTask) => void): boolean {
    const task = current()
    if (task === undefined || task.isArriving) return false
    action(task)
    return true
  }

  const walk = (step: 1 | -1) => isOnPage() && move(step) !== undefined
  const remove = () => {
    const chosen = targets()
    if (chosen.length > 0) onDelete(chosen)
    return chosen.length > 0
  }

  useKeys({
    j: () => move(1) !== undefined,
    k: () => move(-1) !== undefined,
    ArrowDown: () => walk(1),
    ArrowUp: () => walk(-1),
    'Shift+ArrowDown': () => extend(1),
    'Shift+ArrowUp': () => extend(-1),
    x: () => act((task) => selection.select(task.id, 'toggle')),
    'Mod+a': () => {
      if (!isOnPage() || tasks.length === 0) return false
      onAll()
      return true
    },
    c: complete,
    ' ': ({ target }) => isTitle(target) && complete(),
    e: () => !isInTrash && act(onEdit),
    '#': remove,
    Delete: remove,
    Escape: () => {
      if (selection.selected.size === 0) return false
      selection.clear()
      return true
    },
  })
}

/** Arrows belong to whatever else has the focus: the page scrolls, a control moves. */
function isOnPage(): boolean {
  const focused = document.activeElement
  return focused === null || focused === document.body || focused.closest('[data-task]') !== null
}

function isTitle(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.id.startsWith('task-')
}

/** The task at the top of what is seen, below what sticks there. */
function firstInSight(tasks: ListedTask[]): ListedTask | undefined {
  const rows = [...document.querySelectorAll('[data-task]')]
  const row = rows.find((element) => element.getBoundingClientRect().top >= STICKY)
  const id = row?.getAttribute('data-task')
  return tasks.find((task) => task.id === id) ?? tasks[0]
}

const STICKY = 64
