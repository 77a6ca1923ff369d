'use client'

import { type RefObject, useRef, useState } from 'react'
import type { ListedTask } from '../data/task-changes.ts'
import { useTaskActions } from '../data/tasks-provider.tsx'
import type { ListHandle } from './virtual-list.tsx'

type DeletionOptions = {
  /** All rows of tasks, in their order. */
  tasks: ListedTask[]
  isInTrash: boolean
  handle: RefObject<ListHandle | null>
  /** Takes the focus when no task is left to have it. */
  onFocusElsewhere: () => void
}

/** Deletes tasks of a list and hands the focus to the next one. What is in the trash is deleted for good, after asking. */
export function useDeletion({ tasks, isInTrash, handle, onFocusElsewhere }: DeletionOptions) {
  const { deleteTask, changeTasks } = useTaskActions()
  const [asked, setAsked] = useState<ListedTask[] | null>(null)
  const afterwards = useRef<ListedTask | undefined>(undefined)

  function remove(chosen: ListedTask[]): void {
    if (isInTrash) {
      setAsked(chosen)
      afterwards.current = chosen[0]
      return
    }
    const [next] = nextOf(tasks, chosen)
    const [only] = chosen
    if (chosen.length === 1 && only !== undefined) deleteTask(only)
    else changeTasks('delete', chosen)
    focus(next)
  }

  function onConfirm(): void {
    afterwards.current = nextOf(tasks, asked ?? [])[0]
    setAsked(null)
  }

  function focus(task: ListedTask | undefined): void {
    if (task === undefined) onFocusElsewhere()
    else handle.current?.focusRow(task.id)
  }

  return {
    remove,
    /** What is to be deleted for good once the person says so. */
    asked,
    onConfirm,
    onCancel: () => setAsked(null),
    /** Puts the focus back into the trash, on what was asked about or what follows it, if anything does. */
    onReturnFocus: () => {
      if (afterwards.current !== undefined) focus(afterwards.current)
    },
  }
}

/** The task that follows those that go, else the one before them, if there is one. */
export function nextOf(tasks: ListedTask[], gone: ListedTask[]): [ListedTask] | [] {
  const ids = new Set(gone.map(({ id }) => id))
  const last = tasks.findLastIndex(({ id }) => ids.has(id))
  const stays = ({ id }: ListedTask) => !ids.has(id)
  const before = tasks.slice(0, Math.max(0, last))
  const next = tasks.slice(last + 1).find(stays) ?? before.findLast(stays)
  return next === undefined ? [] : [next]
}
