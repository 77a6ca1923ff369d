'use client'

import { type RefObject, useEffect, useLayoutEffect, useReducer, useState } from 'react'
import type { ListRow } from './list-rows.ts'
import type { RowVirtualizer, VirtualRows } from './row-virtualizer.ts'

/** So many rows need no virtualizer: all of them are in the page. */
const FEW = 60

/** From this many rows before the end the next page is wanted: more than a flick of the thumb scrolls. */
const NEAR_END = 60

type Library = typeof import('./row-virtualizer.ts')

/** What was fetched for one list is there for those after it. */
let fetched: Library | null = null

/**
 * Chooses the rows that are in the page. For a long list a virtualizer does so, which is fetched only then. Until it is there, a list that was long
 * from the start has its first rows in the page, as the server renders them, and one that has grown has all; when it
 * cannot be fetched, all rows are in the page, and the next page of tasks waits to be asked for.
 */
export function useRowVirtualizer(list: RefObject<HTMLElement | null>, rows: readonly ListRow[]) {
  const isLong = rows.length > FEW
  const [isCut, setIsCut] = useState(isLong)
  const [library, setLibrary] = useState(fetched)
  const [virtualizer, setVirtualizer] = useState<RowVirtualizer | null>(null)
  const [, renderAgain] = useReducer((renders: number) => renders + 1, 0)
  const top = useTopOf(list)
  const focusedId = useFocusedId(list)
  const virtual: VirtualRows = { rows, top, focusedId, onChange: () => renderAgain() }
  virtualizer?.update(virtual)

  useEffect(() => {
    if (!isLong || library !== null) return
    let isGone = false
    import('./row-virtualizer.ts').then(
      (module) => {
        fetched = module
        if (!isGone) setLibrary(module)
      },
      () => isGone || setIsCut(false),
    )
    return () => {
      isGone = true
    }
  }, [isLong, library])

  useLayoutEffect(() => {
    if (!isLong || library === null || virtualizer !== null || list.current === null) return
    setVirtualizer(new library.RowVirtualizer(virtual, list.current))
  })

  // What the library's own hook does, which cannot begin in the middle of a list's life.
  useLayoutEffect(() => virtualizer?._didMount(), [virtualizer])
  useLayoutEffect(() => virtualizer?._willUpdate())

  const items = virtualizer?.getVirtualItems() ?? itemsOf(isCut ? rows.slice(0, FEW) : rows)
  const cutHeight = isCut ? `calc(${rows.length} * var(--row))` : undefined
  return {
    items,
    top,
    minHeight: virtualizer?.getTotalSize() ?? cutHeight,
    isNearEnd:
      (virtualizer !== null || !isLong) && (items.at(-1)?.index ?? 0) >= rows.length - NEAR_END,
    /** The ref of every row. */
    measure: virtualizer?.measureElement,
    /** Brings a row into the page. */
    reach(index: number): void {
      if (virtualizer === null) setIsCut(false)
      else virtualizer.scrollToIndex(index, { align: 'auto' })
    },
  }
}

/** Rows that follow each other without a gap. */
function itemsOf(rows: readonly ListRow[]) {
  return rows.map((_, index) => ({ index, start: 0, end: 0 }))
}

/** Where on the page the list begins, in pixels; what stands above it may come and go. */
function useTopOf(list: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const box = list.current?.getBoundingClientRect()
    if (box !== undefined) setTop(Math.round(box.top + window.scrollY))
  })
  return top
}

/** The task of the row that has the focus, or has it in it. */
function useFocusedId(list: RefObject<HTMLElement | null>): string | null {
  const [id, setId] = useState<string | null>(null)
  useEffect(() => {
    const element = list.current
    if (element === null) return
    const listening = new AbortController()
    const onFocus = () => {
      const row = document.activeElement?.closest('[data-task]')
      setId(row?.getAttribute('data-task') ?? null)
    }
    element.addEventListener('focusin', onFocus, listening)
    element.addEventListener('focusout', () => setId(null), listening)
    return () => listening.abort()
  }, [list])
  return id
}
