'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'
import { SessionEndedError } from '@tend/contracts/client'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { isProblem } from '../../../api/is-problem.ts'
import { isGoing } from '../data/changes-on-their-way.ts'
import { CHANGED_ELSEWHERE, describeChangeFailure } from '../data/say-failure.ts'
import { EditConflictError } from '../data/send-changes.ts'
import { settleDeletion, settleTask } from '../data/settle-tasks.ts'
import { changeFields, type TaskFields } from '../data/task-fields.ts'
import { findKnownTask } from '../data/task-queries.ts'
import { useTaskActions, useTaskDrafts } from '../data/tasks-provider.tsx'
import type { EditDraft } from '../drafts/task-drafts.ts'
import { useDrafts } from '../drafts/use-drafts.ts'
import { fieldText, readField, saysTyped, type TextField } from './task-field.ts'

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
  // What is typed while an answer is on its way is sent after it.
  const isWantedAgain = useRef(false)
  // Another tab's draft is shown here, too, and is that tab's to send.
  const typedHere = useRef<string | null>(null)
  const isSaving = sent !== null
  const name = `${task.id}.${field}`
  const draft = useDrafts(edits).get(name) ?? null
  const saved = fieldText(task, field)
  const isSaid = draft !== null && saysTyped(task, field, draft.typed)
  const isTheirs = draft !== null && saved !== draft.base && !isSaid && !isSaving

  /** What the page takes along unsaved is to be seen when it is back, wherever the person is then. */
  const keepOnLeave = useCallback(() => {
    const now = edits.all().get(name)
    if (now?.failure !== null || now.typed !== typedHere.current) return
    edits.keep(name, { ...now, failure: 'The page was left before it was saved.' })
  }, [edits, name])
  useEffect(() => {
    window.addEventListener('pagehide', keepOnLeave)
    return () => window.removeEventListener('pagehide', keepOnLeave)
  }, [keepOnLeave])

  const hasArrived = draft !== null && draft.failure !== null && isSaid && !isSaving
  useEffect(() => {
    // It was saved after all, and the answer got lost.
    if (hasArrived) edits.drop(name)
  }, [edits, name, hasArrived])

  /** Keeps where the person can see it what is typed and not on its way. */
  const leave = useEffectEvent(() => {
    const now = edits.all().get(name)
    if (now?.failure !== null || now.typed !== typedHere.current || isGone(task.id)) return
    if (!save()) edits.keep(name, { ...now, failure: describeUnsent(field, now.typed) })
  })
  useEffect(() => () => leave(), [])

  /** Of a task that is gone, its own page shows what was written. */
  function isGone(id: string): boolean {
    return isGoing(queryClient, id) || findKnownTask(queryClient, id) === null
  }

  function type(typed: string): void {
    setProblem(null)
    const base = edits.all().get(name)?.base ?? saved
    keepOwn({ taskId: task.id, title: task.title, field, base, typed, failure: null })
  }

  function keepOwn(own: EditDraft): void {
    typedHere.current = own.typed
    edits.keep(name, own)
  }

  /** Gives up what is typed. What was sent before is saved all the same, and kept if that fails. */
  function drop(): void {
    setProblem(null)
    const now = edits.all().get(name)
    if (now === undefined || sending.current === null) edits.drop(name)
    else keepOwn({ ...now, typed: sending.current })
  }

  /** Sends what is typed. Answers false when it cannot be sent as it is, and the person has to look at it. */
  function save(): boolean {
    if (sending.current === null) return saveOver(task)
    isWantedAgain.current = true
    return true
  }

  /** Sends what is typed, for a task as it is known to be. */
  function saveOver(known: Task): boolean {
    const now = edits.all().get(name)
    if (now === undefined) return true
    const reading = readField(field, now.typed)
    if ('problem' in reading) {
      setProblem(reading.problem)
      return false
    }
    if (saysTyped(known, field, now.typed)) {
      drop()
      return true
    }
    if (fieldText(known, field) !== now.base) return false
    void send(changeFields(known, readBase(field, now.base)), reading.fields, now.typed)
    return true
  }

  async function send(seen: Task, fields: TaskFields, typed: string) {
    sending.current = typed
    isWantedAgain.current = false
    setSent(typed)
    // Of its own: the field may be closed before the answer is there.
    const keepSent = () => keepOnLeave()
    window.addEventListener('pagehide', keepSent)
    const changed = await changeTask(seen, fields).catch(fail)
    window.removeEventListener('pagehide', keepSent)
    sending.current = null
    setSent(null)
    const now = edits.all().get(name)
    if (changed === null || now === undefined) return
    if (now.typed === typed) return edits.drop(name)
    // Typed on while the answer was on its way.
    const next = { ...now, base: fieldText(changed, field) }
    edits.keep(name, next)
    if (!isWantedAgain.current || saveOver(changed)) return
    edits.keep(name, { ...next, failure: describeUnsent(field, next.typed) })
  }

  /** Keeps with what is typed why it could not be saved. */
  function fail(error: unknown): null {
    const now = edits.all().get(name)
    if (error instanceof EditConflictError) settleTask(queryClient, error.current)
    if (isProblem(error, 'TASK_NOT_FOUND')) settleDeletion(queryClient, task.id)
    const failure = describeEditFailure(error)
    if (now && failure !== null) edits.keep(name, { ...now, failure })
    return null
  }

  return {
    /** What to show: what is typed, else what the task says. */
    text: draft?.typed ?? saved,
    saved,
    isDraft: draft !== null,
    /** Whether there is something typed that the person has not tried to save yet. */
    isUnsent: draft !== null && draft.failure === null && draft.typed !== sent,
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
      keepOwn({ ...now, base: saved, failure: null })
      save()
    },
  }
}

/** The fields of a draft's base, as the task had them. */
function readBase(field: TextField, base: string): TaskFields {
  const reading = readField(field, base)
  return 'fields' in reading ? reading.fields : {}
}

/** Why something typed was not even sent. */
function describeUnsent(field: TextField, typed: string): string {
  const reading = readField(field, typed)
  return 'problem' in reading ? reading.problem : CHANGED_ELSEWHERE
}

/** Null when the page is about to leave for the sign-in form, which says the same. */
function describeEditFailure(error: unknown): string | null {
  if (error instanceof SessionEndedError) return null
  if (error instanceof Error) return describeChangeFailure(error)
  throw error
}
