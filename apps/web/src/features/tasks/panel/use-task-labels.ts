'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'
import { SessionEndedError } from '@tend/contracts/client'
import { useState } from 'react'
import { describeFailure } from '../../../api/describe-failure.ts'
import { EditConflictError } from '../data/send-changes.ts'
import { settleTask } from '../data/settle-tasks.ts'
import { useTaskActions } from '../data/tasks-provider.tsx'
import { describeLabelProblem, mergeLabels } from './label-problem.ts'

/** Adds and takes away labels of a task. What others do to its labels meanwhile is kept, so there is no conflict. */
export function useTaskLabels(task: Task) {
  const queryClient = useQueryClient()
  const { changeTask } = useTaskActions()
  const [problem, setProblem] = useState<string | null>(null)

  async function save(seen: Task, labels: string[]): Promise<void> {
    try {
      await changeTask(seen, { labels })
    } catch (error) {
      if (error instanceof EditConflictError) {
        const { current } = error
        settleTask(queryClient, current)
        return save(current, mergeLabels(seen.labels, labels, current.labels))
      }
      if (!(error instanceof Error)) throw error
      if (error instanceof SessionEndedError) return
      setProblem(`The labels could not be saved. ${describeFailure(error)}`)
    }
  }

  return {
    problem,
    forgetProblem: () => setProblem(null),
    /** Answers whether the label could be taken as it is. */
    add(typed: string): boolean {
      const refusal = describeLabelProblem(typed, task.labels)
      setProblem(refusal)
      if (refusal === null) void save(task, [...task.labels, typed.trim()])
      return refusal === null
    },
    remove(label: string): void {
      setProblem(null)
      void save(
        task,
        task.labels.filter((other) => other !== label),
      )
    },
  }
}
