'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'
import { ProblemError, SessionEndedError } from '@tend/contracts/client'
import { useEffect, useRef, useState } from 'react'
import { describeFailure } from '../../../api/describe-failure.ts'
import { EditConflictError } from '../data/send-changes.ts'
import { settleDeletion, settleTask } from '../data/settle-tasks.ts'
import { changeFields, type TaskFields } from '../data/task-fields.ts'
import { useTaskActions, useTaskDrafts } from '../data/tasks-provider.tsx'
import { useDrafts } from '../drafts/use-drafts.ts'
import { fieldText, readField, type TextField } from './task-field.ts'

/** A field of a task while the person changes it. */
export type TaskFieldState = ReturnType<typeof useTaskField>

/**
 * One field of a task, changed on its own. What is typed is a draft from the first key on, and stays one until the server has it or the person
 * gives it up. What others do to the same field meanwhile is `theirs`, and the person's to decide.
 */
export function useTaskField(task: Task, field: TextField) {
  const { edits } = useTaskDrafts()
  const queryClient = useQueryClient()
  const { changeTask } = useTaskActions()
  const [problem, setProblem] = useState<string | null>(null)
  // What is on its way: for the page, and for keys that follow each other before it is painted.
  const [sent, setSent] = useState<string | null>(null)
  const sending = useRef<string | null>(null)
  const isSaving = sent !== null
  const name = `${task.id}.${field}`
  const draft = useDrafts(edits).get(name) ?? null
  const saved = fieldText(task, field)
  const isTheirs = draft !== null && saved !== draft.base && saved !== draft.typed && !isSaving

  useEffect(() => {
    // What the page takes along unsaved is to be seen when it is back, wherever the person is then.
    function onLeave() {
      const now = edits.all().get(name)
      if (now?.failure !== null) return
      edits.keep(name, { ...now, failure: 'The page was left before it was saved.' })
    }
    window.addEventListener('pagehide', onLeave)
    return () => window.removeEventListener('pagehide', onLeave)
  }, [edits, name])

  const hasArrived = draft !== null && draft.failure !== null && draft.typed === saved && !isSaving
  useEffect(() => {
    // It was saved after all, and the answer got lost.
    if (hasArrived) edits.drop(name)
  }, [edits, name, hasArrived])

  function type(typed: string): void {
    setProblem(null)
    const base = edits.all().get(name)?.base ?? saved
    edits.keep(name, { taskId: task.id, title: task.title, field, base, typed, failure: null })
  }

  /** Gives up what is typed. What was sent before is saved all the same, and kept if that fails. */
  function drop(): void {
    setProblem(null)
    const now = edits.all().get(name)
    if (now === undefined || sending.current === null) edits.drop(name)
    else edits.keep(name, { ...now, typed: sending.current })
  }

  /** Sends what is typed. Answers false when it cannot be sent as it is, and the person has to look at it. */
  function save(): boolean {
    const now = edits.all().get(name)
    if (now === undefined || sending.current !== null) return true
    const reading = readField(field, now.typed)
    if ('problem' in reading) {
      setProblem(reading.problem)
      return false
    }
    const typed = fieldText(changeFields(task, reading.fields), field)
    if (typed === saved) {
      drop()
      return true
    }
    if (saved !== now.base) return false
    void send(changeFields(task, readBase(field, now.base)), reading.fields, now.typed)
    return true
  }

  async function send(seen: Task, fields: TaskFields, typed: string) {
    sending.current = typed
    setSent(typed)
    try {
      const changed = await changeTask(seen, fields)
      const now = edits.all().get(name)
      if (now?.typed === typed) edits.drop(name)
      // Typed on while the answer was on its way.
      else if (now) edits.keep(name, { ...now, base: fieldText(changed, field) })
    } catch (error) {
      const now = edits.all().get(name)
      if (error instanceof EditConflictError) settleTask(queryClient, error.current)
      if (isGone(error)) settleDeletion(queryClient, task.id)
      const failure = describeEditFailure(error)
      if (now && failure !== null) edits.keep(name, { ...now, failure })
    } finally {
      sending.current = null
      setSent(null)
    }
  }

  return {
    /** What to show: what is typed, else what the task says. */
    text: draft?.typed ?? saved,
    saved,
    isDraft: draft !== null,
    /** Whether there is something typed that is not on its way. */
    isUnsent: draft !== null && draft.typed !== sent,
    problem,
    /** Why it could not be saved. */
    failure: isTheirs || isSaving ? null : (draft?.failure ?? null),
    /** What the field says elsewhere, when it was changed there after the person began. */
    theirs: isTheirs ? saved : null,
    type,
    save,
    drop,
    /** Saves over what others wrote. */
    keepMine(): void {
      const now = edits.all().get(name)
      if (now === undefined) return
      edits.keep(name, { ...now, base: saved, failure: null })
      save()
    },
  }
}

/** The fields of a draft's base, as the task had them. */
function readBase(field: TextField, base: string): TaskFields {
  const reading = readField(field, base)
  return 'fields' in reading ? reading.fields : {}
}

/** Null when the page is about to leave for the sign-in form, which says the same. */
function describeEditFailure(error: unknown): string | null {
  if (error instanceof SessionEndedError) return null
  if (error instanceof EditConflictError) return 'It was changed somewhere else meanwhile.'
  if (error instanceof Error) return describeFailure(error)
  throw error
}

function isGone(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'TASK_NOT_FOUND'
}
