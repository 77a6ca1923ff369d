'use client'

import { useEffect, useRef } from 'react'
import { useTaskTotals } from '../data/use-task-totals.ts'
import { useView } from '../views/use-view.ts'

/** Where a task is written: in the field on top of the list, or in that of all tasks where the view has none. */
export function useWriting() {
  const { view, goTo } = useView()
  const field = useRef<HTMLInputElement>(null)
  const isWanted = useRef(false)
  const totals = useTaskTotals()
  const hasNone = totals !== undefined && totals.open + totals.completed === 0
  // Whoever has a panel open is busy there.
  const isFirstUse = hasNone && view.task === null

  useEffect(() => {
    // The first thing to do; where typing opens no keyboard over half the screen.
    if (isFirstUse && matchMedia('(pointer: fine)').matches) field.current?.focus()
  }, [isFirstUse])

  useEffect(() => {
    if (!isWanted.current || field.current === null) return
    isWanted.current = false
    field.current.focus()
  })

  function write() {
    if (field.current !== null) return field.current.focus()
    isWanted.current = true
    goTo({ view: 'all' })
  }

  return { field, write }
}
