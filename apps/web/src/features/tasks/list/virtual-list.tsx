'use client'

import { type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { focusWhenThere } from './focus-when-there.ts'
import type { ListRow } from './list-rows.ts'
import { groupRows, type PlacedRow, type RowGroup } from './row-groups.ts'
import { taskButtonId } from './task-title.tsx'
import { useRowVirtualizer } from './use-row-virtualizer.ts'

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

/**
 * A list of which only what is near the window is in the page, so that thousands of rows scroll as few do. Rows follow each other in the normal
 * flow, section by section, and may have any height. The row with the focus stays in the page wherever one scrolls.
 */
export function VirtualList({ rows, isWhole, renderTask, onNearEnd, ref }: VirtualListProps) {
  const list = useRef<HTMLDivElement>(null)
  const { items, top, minHeight, isNearEnd, measure, reach } = useRowVirtualizer(list, rows)

  useImperativeHandle(ref, () => ({
    focusRow(id) {
      const index = rows.findIndex((row) => row.id === id)
      if (index === -1) return
      focusWhenThere(taskButtonId(id), () => reach(index))
    },
  }))

  useLayoutEffect(() => {
    if (isNearEnd) onNearEnd?.()
  }, [isNearEnd, onNearEnd])

  return (
    <div ref={list} className="flex flex-col [overflow-anchor:none]" style={{ minHeight }}>
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

type Measure = ((element: HTMLElement | null) => void) | undefined

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
