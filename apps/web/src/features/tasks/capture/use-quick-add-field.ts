'use client'

import { type RefObject, useEffect, useState } from 'react'
import { useTaskDrafts } from '../data/tasks-provider.tsx'
import type { QuickAddDraft } from '../drafts/task-drafts.ts'
import { useDrafts } from '../drafts/use-drafts.ts'

/** There is one field, and one draft of it. */
const NAME = 'field'

const empty: QuickAddDraft = { text: '', ignore: [], lines: [] }

/**
 * The text of the quick add field. The field itself holds it, so that typing works before the page is alive; the draft follows, also
 * into other tabs, where the field has not the focus.
 */
export function useQuickAddField(inputRef: RefObject<HTMLInputElement | null>) {
  const { quickAdd: box } = useTaskDrafts()
  const draft = useDrafts(box).get(NAME) ?? empty
  const [caret, setCaret] = useState(0)

  function keep(changes: Partial<QuickAddDraft>): void {
    const next = { ...(box.all().get(NAME) ?? empty), ...changes }
    if (next.text === '' && next.lines.length === 0) box.drop(NAME)
    else box.keep(NAME, next)
  }

  useEffect(() => {
    const typed = inputRef.current?.value ?? ''
    const kept = box.all().get(NAME)
    // Typed while the page was being loaded: newer than any draft.
    if (typed !== '' && typed !== kept?.text) box.keep(NAME, { ...empty, text: typed })
  }, [box, inputRef])

  useEffect(() => {
    const input = inputRef.current
    if (input === null || input.value === draft.text) return
    if (input === document.activeElement && input.value !== '') return
    input.value = draft.text
  }, [inputRef, draft.text])

  return {
    draft,
    caret,
    keep,
    /** Takes over what the field holds after a key or a click. */
    follow(): void {
      const input = inputRef.current
      if (input === null) return
      setCaret(input.selectionStart ?? input.value.length)
      if (input.value !== (box.all().get(NAME) ?? empty).text) keep({ text: input.value })
    },
    /** Puts a text into the field. */
    write(text: string, at = text.length): void {
      const input = inputRef.current
      if (input !== null) {
        input.value = text
        input.setSelectionRange(at, at)
      }
      setCaret(at)
      keep({ text })
    },
    clear(): void {
      if (inputRef.current !== null) inputRef.current.value = ''
      setCaret(0)
      box.drop(NAME)
    },
  }
}
