import type { Section } from '../views/view-lists.ts'
import type { ListRow } from './list-rows.ts'

/** A row in the page, and how many pixels of rows that are not there come before it. */
export type PlacedRow<Row extends ListRow = ListRow> = { row: Row; index: number; gap: number }

type HeadingRow = Extract<ListRow, { kind: 'heading' }>
type TaskRow = Extract<ListRow, { kind: 'task' }>

/** What of one section is in the page. */
export type RowGroup = {
  section: Section
  heading: PlacedRow<HeadingRow> | null
  tasks: PlacedRow<TaskRow>[]
}

type Item = { index: number; start: number; end: number }

/** Groups what is in the page by section, from top to bottom. `top` is where the first row of all begins. */
export function groupRows(
  rows: readonly ListRow[],
  items: readonly Item[],
  top: number,
): RowGroup[] {
  const groups: RowGroup[] = []
  let end = top
  for (const { index, start, ...item } of items) {
    const row = rows[index]
    if (row === undefined) continue
    const gap = Math.max(0, start - end)
    end = item.end
    let group = groups.at(-1)
    if (group?.section !== row.section) {
      group = { section: row.section, heading: null, tasks: [] }
      groups.push(group)
    }
    if (row.kind === 'heading') group.heading = { row, index, gap }
    else group.tasks.push({ row, index, gap })
  }
  return groups
}
