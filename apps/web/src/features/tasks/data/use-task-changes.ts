'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'
import { SessionEndedError } from '@tend/contracts/client'
import { toast } from 'sonner'
import { describeFailure } from '../../../api/describe-failure.ts'
import { useTend } from '../../../api/tend-provider.tsx'
import { announce } from '../../../components/ui/live-region.tsx'
import { quoteTitle } from './quote-title.ts'
import {
  sendAddition,
  sendCompletion,
  sendDeletion,
  sendEdit,
  sendRestoration,
} from './send-changes.ts'
import type { TaskChange } from './task-changes.ts'
import {
  findKnownTask,
  holdTaskReads,
  insertTask,
  refreshTasks,
  removeTask,
  replaceTask,
} from './task-queries.ts'
import { taskChangeKey } from './use-task-list.ts'

type Change<Kind extends TaskChange['kind']> = Extract<TaskChange, { kind: Kind }>

/** Adds tasks. What failed is the caller's to keep. */
export function useAddTask(outcome: {
  onSaved: (change: Change<'add'>) => void
  onFailed: (change: Change<'add'>, error: Error) => void
}) {
  const { tasks } = useTend()
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: taskChangeKey,
    // One after the other, so that tasks stand in the order in which they were written.
    scope: { id: 'add' },
    mutationFn: ({ text }: Change<'add'>) => sendAddition(tasks, text),
    onMutate: () => holdTaskReads(queryClient),
    onSuccess: (task, change) => {
      outcome.onSaved(change)
      announce('Task added')
      insertTask(queryClient, task)
      if (findKnownTask(queryClient, task.id) === undefined) void refreshTasks(queryClient)
    },
    onError: (error, change) => {
      outcome.onFailed(change, error)
      // The answer may have been lost on its way back, with the task in place.
      return refreshTasks(queryClient)
    },
  })
}

/** Completes and reopens one task, and offers to undo it. Failing, it says so and the tick goes back. */
export function useCompleteTask(id: string) {
  const { tasks } = useTend()
  const queryClient = useQueryClient()
  const mutation = useMutation({
    mutationKey: taskChangeKey,
    scope: { id },
    mutationFn: ({ task, isCompleted }: Change<'complete'>) =>
      sendCompletion(tasks, findKnownTask(queryClient, id) ?? task, isCompleted),
    onMutate: () => holdTaskReads(queryClient),
    onSuccess: (task) => replaceTask(queryClient, task),
    onError: (error, { task, isCompleted }) => {
      const verb = isCompleted ? 'completed' : 'reopened'
      sayFailure(id, `${quoteTitle(task.title)} could not be ${verb}.`, error)
      return refreshTasks(queryClient)
    },
  })
  return function setCompleted(task: Task, isCompleted: boolean): void {
    mutation.mutate({ kind: 'complete', task, isCompleted })
    if (!isCompleted) {
      toast.dismiss(id)
      announce('Task reopened')
      return
    }
    toast('Task completed', {
      id,
      duration: 8000,
      action: { label: 'Undo', onClick: () => setCompleted(task, false) },
    })
  }
}

/** Saves the words of one task. Failures are the caller's to show: it holds what was typed. */
export function useEditTask(id: string) {
  const { tasks } = useTend()
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: taskChangeKey,
    scope: { id },
    mutationFn: ({ task, text }: Change<'edit'>) => sendEdit(tasks, task, text),
    onMutate: () => holdTaskReads(queryClient),
    onSuccess: (task) => {
      announce('Task saved')
      replaceTask(queryClient, task)
    },
    onError: () => refreshTasks(queryClient),
  })
}

/** Moves one task to the trash, and offers to undo it. Failing, it says so and the task is back in its place. */
export function useDeleteTask() {
  const { tasks } = useTend()
  const queryClient = useQueryClient()
  const restoration = useMutation({
    mutationFn: (task: Task) => sendRestoration(tasks, task.id),
    onSuccess: () => {
      announce('Task restored')
      return refreshTasks(queryClient)
    },
    onError: (error, task) =>
      sayFailure(task.id, `${quoteTitle(task.title)} could not be restored.`, error),
  })
  return useMutation({
    mutationKey: taskChangeKey,
    mutationFn: ({ task }: Change<'delete'>) => sendDeletion(tasks, task.id),
    onMutate: ({ task }) => {
      toast.dismiss(task.id)
      return holdTaskReads(queryClient)
    },
    onSuccess: (_nothing, { task }) => {
      announce('Task deleted')
      removeTask(queryClient, task.id)
      toast('Moved to the trash', {
        id: task.id,
        duration: 8000,
        action: { label: 'Undo', onClick: () => restoration.mutate(task) },
      })
    },
    onError: (error, { task }) => {
      sayFailure(task.id, `${quoteTitle(task.title)} could not be deleted.`, error)
      return refreshTasks(queryClient)
    },
  })
}

function sayFailure(id: string, sentence: string, error: Error): void {
  // The page is about to leave for the sign-in form, which says the same.
  if (error instanceof SessionEndedError) return
  toast.dismiss(id)
  toast.error(`${sentence} ${describeFailure(error)}`, { duration: 10_000, icon: null })
}
