'use client'

import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { useTend } from '../../../api/tend-provider.tsx'
import { createTaskActions, type TaskActions } from './create-task-actions.ts'
import { createTaskSender } from './create-task-sender.ts'
import { useCalendarDay } from './use-calendar-day.ts'

type TasksContext = { actions: TaskActions; today: string }

const Context = createContext<TasksContext | null>(null)

type TasksProviderProps = {
  /** The date by which the server has rendered the page, `YYYY-MM-DD`. */
  serverToday: string
  children: ReactNode
}

/** Gives the page what can be done with tasks, and the person's own date. */
export function TasksProvider({ serverToday, children }: TasksProviderProps) {
  const { tasks } = useTend()
  const queryClient = useQueryClient()
  const [actions] = useState(() => createTaskActions(createTaskSender(tasks, queryClient)))
  const today = useCalendarDay(serverToday)
  return <Context value={{ actions, today }}>{children}</Context>
}

function useTasksContext(): TasksContext {
  const context = useContext(Context)
  if (context === null) throw new Error('useTaskActions and useToday need a TasksProvider above')
  return context
}

/** What the person can do with tasks. */
export function useTaskActions(): TaskActions {
  return useTasksContext().actions
}

/** The person's own date, `YYYY-MM-DD`; it changes at their midnight. */
export function useToday(): string {
  return useTasksContext().today
}
