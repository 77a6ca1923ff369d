'use client'

import type { CreateTask } from '@tend/contracts'
import { type RefObject, useEffect, useState } from 'react'
import { useToday } from '../data/tasks-provider.tsx'
import type { UnsentTask } from '../drafts/task-drafts.ts'
import { describeTitleProblem } from './describe-title-problem.ts'
import { loadReadLine } from './load-read-line.ts'
import type { readLine, ViewDefaults } from './read-line.ts'
import { splitLines } from './split-lines.ts'
import { useQuickAddField } from './use-quick-add-field.ts'

/** What is written and not sent yet: read, or as it was typed. */
export type NewTask = Pick<UnsentTask, 'body' | 'unread'>

type QuickAddOptions = {
  inputRef: RefObject<HTMLInputElement | null>
  defaults: ViewDefaults
  onAdd: (tasks: NewTask[]) => void
}

/** What quick add knows and does, apart from how it looks. */
export function useQuickAdd({ inputRef, defaults, onAdd }: QuickAddOptions) {
  const field = useQuickAddField(inputRef)
  const today = useToday()
  const { text, ignore, lines } = field.draft
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isAwake, setIsAwake] = useState(false)
  const reader = useReader(isAwake || text !== '' || lines.length > 0)
  const read = (line: string, refused: readonly string[]) =>
    reader === null ? null : reader(line, { today, ignore: refused, defaults })
  const reading = text.trim() === '' ? null : read(text, ignore)

  function submit(): void {
    if (lines.length > 0) addLines()
    else addText()
  }

  function addText(): void {
    const problem = reading === null ? describeTitleProblem(text) : reading.problem
    const unread = { text, today, ignore, ...defaults }
    const task = reading?.task ?? (problem === null ? { title: text.trim() } : null)
    setRefusal(problem)
    if (problem !== null || task === null) return
    onAdd([{ body: task, unread: reader === null ? unread : null }])
    field.clear()
  }

  function addLines(): void {
    const readings = lines.map((line) => ({ line, ...readPasted(line) }))
    const good = readings.flatMap(({ task }) => task ?? [])
    const left = readings.filter(({ task }) => task === null)
    const bad = left.map(({ line }) => line)
    // The list shows the newest on top; the first line belongs there.
    if (good.length > 0) onAdd(good.toReversed())
    setRefusal(left[0]?.problem ?? null)
    const [only, ...others] = bad
    const fitsField = text === '' && others.length === 0
    field.keep({ lines: fitsField ? [] : bad })
    if (fitsField) field.write(only ?? '')
  }

  /** The task that a pasted line makes, or why it makes none. */
  function readPasted(line: string): { task: NewTask | null; problem: string | null } {
    const parsed = read(line, [])
    if (parsed !== null) {
      return { task: parsed.task && { body: parsed.task, unread: null }, problem: parsed.problem }
    }
    const problem = describeTitleProblem(line)
    const unread = { text: line, today, ignore: [], ...defaults }
    return { task: problem === null ? { body: { title: line }, unread } : null, problem }
  }

  return {
    field,
    today,
    refusal,
    reading,
    lines,
    submit,
    addLines,
    wakeUp: () => setIsAwake(true),
    forgetRefusal: () => setRefusal(null),
    /** Takes pasted text over when it has several lines. Answers whether it did. */
    paste(pasted: string): boolean {
      const found = splitLines(pasted)
      if (found.kind === 'many') setRefusal('Paste at most 200 lines at once.')
      if (found.kind !== 'several') return found.kind === 'many'
      field.keep({ lines: found.lines })
      return true
    },
    /** Puts pasted lines into the field, as one task. */
    keepAsOne(): void {
      const joined = [text.trim(), ...lines].filter((part) => part !== '').join(' ')
      field.keep({ lines: [] })
      field.write(joined)
    },
    refuse(refused: string): void {
      field.keep({ ignore: [...ignore, refused] })
    },
  }
}

/** Reads what was typed before it could be read. Null when it makes no task. */
export async function readUnread(
  words: NonNullable<UnsentTask['unread']>,
): Promise<CreateTask | null> {
  const { text, today, ignore, dueDate, label } = words
  const defaults = { dueDate, label }
  const read = await loadReadLine()
  return read(text, { today, ignore, defaults }).task
}

/** What reads words, once it is wanted and has been loaded. */
function useReader(isWanted: boolean): typeof readLine | null {
  const [reader, setReader] = useState<typeof readLine | null>(null)
  useEffect(() => {
    if (!isWanted) return
    let isGone = false
    loadReadLine().then(
      (loaded) => isGone || setReader(() => loaded),
      // What is typed is kept as it is, and read later.
      () => {},
    )
    return () => {
      isGone = true
    }
  }, [isWanted])
  return reader
}
