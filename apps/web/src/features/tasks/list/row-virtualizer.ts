import {
  defaultRangeExtractor,
  observeWindowOffset,
  observeWindowRect,
  type Range,
  type VirtualItem,
  Virtualizer,
  type VirtualizerOptions,
  windowScroll,
} from '@tanstack/react-virtual'
import type { ListRow } from './list-rows.ts'

/** What the virtualizer is to know at every render. */
export type VirtualRows = {
  rows: readonly ListRow[]
  /** Where on the page the first row begins, in pixels. */
  top: number
  /** The row that stays in the page wherever one scrolls. */
  focusedId: string | null
  /** Called when other rows belong into the page, or one has another height. */
  onChange: () => void
}

/** This many rows beyond the window are in the page. */
const AHEAD = 12

/** Chooses the rows near the window. It begins with the heights of the rows in `list`, so that nothing moves when it takes a list over. */
export class RowVirtualizer extends Virtualizer<Window, HTMLElement> {
  #rows: VirtualRows['rows']
  #rowOptions: ReturnType<typeof rowOptionsOf>

  constructor(virtual: VirtualRows, list: HTMLElement) {
    const rowOptions = rowOptionsOf(virtual.rows)
    const initialMeasurementsCache = measure(virtual.rows, list)
    super({ ...optionsOf(virtual), ...rowOptions, initialMeasurementsCache })
    this.#rows = virtual.rows
    this.#rowOptions = rowOptions
    // Takes over the heights, which are not among the options of later renders.
    this.getTotalSize()
  }

  /** To be called at every render, before anything is asked. */
  update(virtual: VirtualRows): void {
    // New ones make the library ask about every row again, which is for other rows alone.
    if (virtual.rows !== this.#rows) this.#rowOptions = rowOptionsOf(virtual.rows)
    this.#rows = virtual.rows
    this.setOptions({ ...optionsOf(virtual), ...this.#rowOptions })
  }
}

function rowOptionsOf(rows: VirtualRows['rows']) {
  return {
    count: rows.length,
    estimateSize: (index: number) => estimateHeight(rows[index]),
    getItemKey: (index: number) => rows[index]?.id ?? index,
  }
}

function optionsOf({ rows, top, focusedId, onChange }: VirtualRows) {
  return {
    overscan: AHEAD,
    scrollMargin: top,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    initialOffset: () => window.scrollY,
    rangeExtractor: (range: Range) => withRow(range, rows, focusedId),
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    onChange,
  } satisfies Partial<VirtualizerOptions<Window, HTMLElement>>
}

function withRow(range: Range, rows: readonly ListRow[], id: string | null): number[] {
  const indexes = defaultRangeExtractor(range)
  const index = id === null ? -1 : rows.findIndex((row) => row.id === id)
  if (index === -1 || indexes.includes(index)) return indexes
  return [...indexes, index].sort((one, other) => one - other)
}

function measure(rows: readonly ListRow[], list: HTMLElement): VirtualItem[] {
  const elements = list.querySelectorAll<HTMLElement>('[data-index]')
  return [...elements].flatMap((element) => {
    const index = Number(element.dataset.index)
    const row = rows[index]
    if (row === undefined) return []
    const size = element.offsetHeight
    return { index, key: row.id, size, start: 0, end: size, lane: 0 }
  })
}

const HEADING_HEIGHT = 52
const ROW_HEIGHT = matchMedia('(pointer: coarse)').matches ? 52 : 44

/** Only a first guess: every row is measured when it comes into the page. */
function estimateHeight(row: ListRow | undefined): number {
  return row?.kind === 'heading' ? HEADING_HEIGHT : ROW_HEIGHT
}
