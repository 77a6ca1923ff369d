'use client'

import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { useTend } from '../../../api/tend-provider.tsx'
import { openTaskDrafts, type TaskDrafts } from '../drafts/task-drafts.ts'
import { createTaskActions, type TaskActions } from './create-task-actions.ts'
import { createTaskSender } from './create-task-sender.ts'
import { useCalendarDay } from './use-calendar-day.ts'

type TasksContext = { actions: TaskActions; drafts: TaskDrafts; today: string }

const Context = createContext<TasksContext | null>(null)

type TasksProviderProps = {
  userId: string
  /** The date by which the server has rendered the page, `YYYY-MM-DD`. */
  serverToday: string
  children: ReactNode
}

/** Gives the page what can be done with tasks, and the person's own date. */
export function TasksProvider({ userId, serverToday, children }: TasksProviderProps) {
  const { call } = useTend()
  const queryClient = useQueryClient()
  const [actions] = useState(() => createTaskActions(createTaskSender(call, queryClient)))
  const today = useCalendarDay(serverToday)
  const drafts = openTaskDrafts(userId)
  return <Context value={{ actions, drafts, today }}>{children}</Context>
}

function useTasksContext(): TasksContext {
  const context = useContext(Context)
  if (context === null) throw new Error('Tasks need a TasksProvider above them')
  return context
}

/** What the person can do with tasks. */
export function useTaskActions(): TaskActions {
  return useTasksContext().actions
}

/** What the person has typed and the server does not have yet. */
export function useTaskDrafts(): TaskDrafts {
  return useTasksContext().drafts
}

/** The person's own date, `YYYY-MM-DD`; it changes at their midnight. */
export function useToday(): string {
  return useTasksContext().today
}
