'use client'

import type { Task } from '@tend/contracts'
import { ProblemError } from '@tend/contracts/client'
import { useState } from 'react'
import { describeFailure } from '../../../api/describe-failure.ts'
import { describeTitleProblem } from '../capture/describe-title-problem.ts'
import { EditConflictError } from '../data/send-changes.ts'
import type { TaskText } from '../data/task-changes.ts'
import { differingFields, isEmpty } from '../data/task-fields.ts'
import { useTaskActions } from '../data/tasks-provider.tsx'

/** What stands between the typed words and the server. */
export type EditObstacle =
  | { kind: 'failed'; reason: string }
  | { kind: 'conflict'; current: Task }
  | { kind: 'gone' }

/** What a person has typed into the form of a task. */
export type TypedText = { title: string; description: string }

/**
 * The state of editing one task. `base` is the version the person started from; what is typed stays until it is saved
 * or given up, whatever happens on the way.
 */
export function useTaskEditor(task: Task, start: TypedText, onSaved: () => void) {
  const [base, setBase] = useState(task)
  const [typed, setTyped] = useState(start)
  const [obstacle, setObstacle] = useState<EditObstacle | null>(null)
  const [titleProblem, setTitleProblem] = useState<string | null>(null)
  const [isSaving, setIsSaving] = useState(false)
  const { changeTask } = useTaskActions()
  const isDirty = !isEmpty(differingFields(base, textOf(typed)))

  function type(fields: Partial<TypedText>): TypedText {
    const next = { ...typed, ...fields }
    setTyped(next)
    setTitleProblem(null)
    return next
  }

  function save(over: Task = base): void {
    if (isSaving) return
    const problem = describeTitleProblem(typed.title)
    setTitleProblem(problem)
    if (problem !== null) return
    setBase(over)
    setObstacle(null)
    setIsSaving(true)
    changeTask(over, textOf(typed))
      .then(onSaved)
      .catch((error: unknown) => setObstacle(obstacleOf(error)))
      .finally(() => setIsSaving(false))
  }

  function takeTheirs(current: Task): void {
    setBase(current)
    setTyped(typedOf(current))
    setObstacle(null)
  }

  return { base, typed, type, isDirty, isSaving, obstacle, titleProblem, save, takeTheirs }
}

/** The words of a task as its form shows them. */
export function typedOf(text: TaskText): TypedText {
  return { title: text.title, description: text.description ?? '' }
}

/** The words of a form as a task holds them. */
export function textOf({ title, description }: TypedText): TaskText {
  return { title: title.trim(), description: description.trim() === '' ? null : description }
}

function obstacleOf(error: unknown): EditObstacle {
  if (error instanceof EditConflictError) return { kind: 'conflict', current: error.current }
  if (error instanceof ProblemError && error.problem.code === 'TASK_NOT_FOUND') {
    return { kind: 'gone' }
  }
  return { kind: 'failed', reason: error instanceof Error ? describeFailure(error) : '' }
}
