'use client'

import { type KeyboardEvent, useEffect, useState } from 'react'
import { announce } from '../../../components/ui/live-region.tsx'
import { suggestLabels } from '../data/suggest-labels.ts'
import { completeLabel, findTypedLabel, isTypeableLabel } from './complete-label.ts'
import type { useQuickAddField } from './use-quick-add-field.ts'

/**
 * Offers labels while one is being typed behind a `#`. Arrows go through them, Enter and Tab take the one they are on, Escape puts
 * them away; Tab without an arrow takes the first.
 */
export function useLabelCompletion(
  labels: readonly string[],
  field: ReturnType<typeof useQuickAddField>,
  isWanted: boolean,
) {
  const { text } = field.draft
  const typed = isWanted ? findTypedLabel(text, field.caret) : null
  const [putAwayAt, setPutAwayAt] = useState<number | null>(null)
  const [active, setActive] = useState<number | null>(null)
  const isOpen = typed !== null && typed.from !== putAwayAt
  const found = isOpen ? suggestLabels(labels.filter(isTypeableLabel), typed.typed) : []
  const options = found.length === 1 && found[0] === typed?.typed ? [] : found
  const activeOption = active !== null && active < options.length ? active : null

  const count = options.length
  useEffect(() => {
    if (count > 0) announce(count === 1 ? '1 label fits' : `${count} labels fit`)
  }, [count])

  function take(label: string): void {
    if (typed === null) return
    const completed = completeLabel(text, field.caret, typed, label)
    setActive(null)
    field.write(completed.text, completed.caret)
  }

  /** Answers whether the key was meant for the labels. */
  function onKeyDown(event: KeyboardEvent): boolean {
    if (options.length === 0) return false
    const label = options[activeOption ?? 0]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1
      const from = activeOption ?? (step === 1 ? -1 : 0)
      setActive((from + step + options.length) % options.length)
    } else if (event.key === 'Escape') {
      setPutAwayAt(typed?.from ?? null)
      setActive(null)
    } else if (event.key === 'Enter' && activeOption !== null && label !== undefined) take(label)
    else if (event.key === 'Tab' && !event.shiftKey && label !== undefined) take(label)
    else return false
    event.preventDefault()
    return true
  }

  return { options, active: activeOption, take, onKeyDown }
}
