'use client'

import { useEffect, useEffectEvent } from 'react'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'
import type { TaskPanelProps } from './task-panel.tsx'

const loadPanel = () => import('./task-panel.tsx').then((module) => module.TaskPanel)

/** The panel of the open task, fetched when one is opened for the first time: the page does not wait for it. */
export function TaskPanelOnDemand({ taskId, ...props }: NullableTask<TaskPanelProps>) {
  const { part: TaskPanel, preload, demand } = useOnDemand(loadPanel)

  useEffect(() => {
    const timer = setTimeout(preload, 2000)
    return () => clearTimeout(timer)
  }, [])

  const bring = useEffectEvent(async () => {
    // Closed when it cannot be fetched: the next press asks for it again.
    if (!(await demand())) props.onClose()
  })
  useEffect(() => {
    if (taskId !== null) void bring()
  }, [taskId])

  if (taskId === null || TaskPanel === null) return null
  return <TaskPanel {...props} taskId={taskId} />
}

type NullableTask<Props extends { taskId: string }> = Omit<Props, 'taskId'> & {
  /** Null when no task is open. */
  taskId: string | null
}
