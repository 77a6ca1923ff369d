'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'
import { SessionEndedError } from '@tend/contracts/client'
import { useEffect, useRef, useState } from 'react'
import { describeFailure } from '../../../api/describe-failure.ts'
import { toast } from '../../../components/ui/toast.ts'
import { isGoing } from '../data/changes-on-their-way.ts'
import { quoteTitle } from '../data/quote-title.ts'
import { EditConflictError } from '../data/send-changes.ts'
import { settleTask } from '../data/settle-tasks.ts'
import { useTaskActions } from '../data/tasks-provider.tsx'
import { describeLabelProblem, mergeLabels } from './label-problem.ts'

/** Adds and takes away labels of a task. What others do to its labels meanwhile is kept, so there is no conflict. */
export function useTaskLabels(task: Task) {
  const queryClient = useQueryClient()
  const { changeTask } = useTaskActions()
  const [problem, setProblem] = useState<string | null>(null)
  const isShown = useRef(false)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])

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
      report(`The labels could not be saved. ${describeFailure(error)}`)
    }
  }

  /** Beside the labels; when the panel has closed meanwhile, where it is seen. */
  function report(words: string): void {
    if (isShown.current) setProblem(words)
    else toast.error(`${quoteTitle(task.title)}: ${words}`)
  }

  return {
    problem,
    forgetProblem: () => setProblem(null),
    /** Answers whether the label could be taken as it is. */
    add(typed: string): boolean {
      // With the task goes what was being written for it.
      if (isGoing(queryClient, task.id)) return true
      const refusal = describeLabelProblem(typed, task.labels)
      if (refusal === null) {
        setProblem(null)
        void save(task, [...task.labels, typed.trim()])
      } else report(refusal)
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
