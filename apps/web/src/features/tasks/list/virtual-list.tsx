'use client'

import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import {
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { focusWhenThere } from './focus-when-there.ts'
import type { ListRow } from './list-rows.ts'
import { groupRows, type PlacedRow, type RowGroup } from './row-groups.ts'
import { taskButtonId } from './task-title.tsx'

/** How the focus is moved from outside. */
export type ListHandle = {
  /** Brings a row into sight and focuses its task. */
  focusRow: (id: string) => void
}

type TaskListRow = Extract<ListRow, { kind: 'task' }>

type VirtualListProps = {
  rows: ListRow[]
  /** Whether these are all rows, so that their number is known. */
  isWhole: boolean
  renderTask: (row: TaskListRow) => ReactNode
  /** Called when the end of the rows comes near; null while there is nothing to call for. */
  onNearEnd: (() => void) | null
  ref: Ref<ListHandle>
}

/** This many rows beyond the window are in the page. */
const AHEAD = 12

/** From this many rows before the end the next page is wanted: more than a flick of the thumb scrolls. */
const NEAR_END = 60

/** What the server renders for, which knows no window. */
const serverWindow = { width: 1280, height: 1200 }

/**
 * A list of which only what is near the window is in the page, so that thousands of rows scroll as few do. Rows follow each other in the normal
 * flow, section by section, and may have any height. The row with the focus stays in the page wherever one scrolls.
 */
export function VirtualList({ rows, isWhole, renderTask, onNearEnd, ref }: VirtualListProps) {
  const list = useRef<HTMLDivElement>(null)
  const top = useTopOf(list)
  const focusedIndex = useFocusedIndex(list)
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    count: rows.length,
    estimateSize: (index) => estimateHeight(rows[index]),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: AHEAD,
    scrollMargin: top,
    initialRect: serverWindow,
    initialOffset: 0,
    useFlushSync: false,
    rangeExtractor: (range) => withIndex(range, focusedIndex),
  })

  useImperativeHandle(ref, () => ({
    focusRow(id) {
      const index = rows.findIndex((row) => row.id === id)
      if (index === -1) return
      focusWhenThere(taskButtonId(id), () => virtualizer.scrollToIndex(index, { align: 'auto' }))
    },
  }))

  const items = virtualizer.getVirtualItems()
  const isNearEnd = (items.at(-1)?.index ?? 0) >= rows.length - NEAR_END
  useLayoutEffect(() => {
    if (isNearEnd) onNearEnd?.()
  }, [isNearEnd, onNearEnd])

  const measure = virtualizer.measureElement
  return (
    <div
      ref={list}
      className="flex flex-col [overflow-anchor:none]"
      style={{ minHeight: virtualizer.getTotalSize() }}
    >
      {groupRows(rows, items, top).map((group) => (
        <Group key={group.section.id} group={group} measure={measure}>
          {group.tasks.map((placed) => (
            <li
              key={placed.row.id}
              {...attributesOf(placed, measure)}
              data-task={placed.row.id}
              aria-posinset={placed.row.place}
              aria-setsize={isWhole ? placed.row.section.tasks.length : -1}
            >
              {renderTask(placed.row)}
            </li>
          ))}
        </Group>
      ))}
    </div>
  )
}

type Measure = (element: HTMLElement | null) => void

type GroupProps = { group: RowGroup; measure: Measure; children: ReactNode }

function Group({ group: { section, heading, tasks }, measure, children }: GroupProps) {
  return (
    <div className="flex flex-col">
      {heading !== null && (
        <h2
          {...attributesOf(heading, measure)}
          className="flex h-13 items-end pb-2 pl-(--text-edge) font-medium"
        >
          {section.heading}
        </h2>
      )}
      {tasks.length > 0 && (
        <ul aria-label={section.heading ?? 'Tasks'} className="flex flex-col">
          {children}
        </ul>
      )}
    </div>
  )
}

function attributesOf({ index, gap }: PlacedRow, measure: Measure) {
  return { ref: measure, 'data-index': index, style: gap > 0 ? { marginTop: gap } : undefined }
}

function withIndex(range: Range, index: number | null): number[] {
  const indexes = defaultRangeExtractor(range)
  if (index === null || index >= range.count || indexes.includes(index)) return indexes
  return [...indexes, index].sort((one, other) => one - other)
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

/** The index of the row that has the focus, or has it in it. */
function useFocusedIndex(list: RefObject<HTMLElement | null>): number | null {
  const [index, setIndex] = useState<number | null>(null)
  useEffect(() => {
    const element = list.current
    if (element === null) return
    const listening = new AbortController()
    const onFocus = () => {
      const row = document.activeElement?.closest('[data-index]')
      setIndex(row ? Number(row.getAttribute('data-index')) : null)
    }
    element.addEventListener('focusin', onFocus, listening)
    element.addEventListener('focusout', () => setIndex(null), listening)
    return () => listening.abort()
  }, [list])
  return index
}

const HEADING_HEIGHT = 52

/** Only a first guess: every row is measured when it comes into the page. */
function estimateHeight(row: ListRow | undefined): number {
  if (row?.kind === 'heading') return HEADING_HEIGHT
  const isTouch = typeof window !== 'undefined' && matchMedia('(pointer: coarse)').matches
  return isTouch ? 52 : 44
}
