import type { MouseEvent, ReactNode } from 'react'

type TaskRowProps = {
  /** What stands in the margin: the tick, or nothing where there is nothing to tick. */
  tick: ReactNode
  /** Whether its details are open beside the list. */
  isOpen?: boolean
  isSelected?: boolean
  /** Opens the title for writing, on a double click anywhere but on the tick. */
  onEdit?: (() => void) | undefined
  /** The title, and whatever opens the task. */
  children: ReactNode
  /** What there is to say beside the title. */
  meta?: ReactNode
  /** Buttons at the end of the row, shown while the row is pointed at or one of them has the focus. */
  actions?: ReactNode
  /** Whether the buttons are always there. */
  keepsActions?: boolean
}

/** Makes room for the buttons while they are shown. */
const besideActions =
  'pointer-fine:group-hover/row:pr-22 pointer-fine:group-has-[[data-actions]:focus-within]/row:pr-22'

/** One task of a list: its tick, its title, and what can be done with it. */
export function TaskRow(props: TaskRowProps) {
  const { tick, isSelected = false, children, meta, actions } = props
  // Opaque, for what the buttons lie over.
  const actionsGround = isSelected
    ? 'bg-selected'
    : 'bg-paper group-has-focus-visible/row:bg-paper-sunk group-data-open/row:bg-paper-sunk'
  const ground = isSelected ? 'bg-selected!' : props.isOpen ? 'bg-paper-sunk' : ''
  return (
    <div
      data-open={props.isOpen || undefined}
      data-selected={isSelected || undefined}
      className={`group/row relative flex has-focus-visible:bg-paper-sunk has-focus-visible:shadow-[inset_2px_0_0_var(--accent)] ${ground}`}
    >
      {tick ?? <span className="w-(--margin) shrink-0" />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: A shortcut of the pointer; the keyboard has one of its own. */}
      <div
        onClickCapture={ignoreSecondClick}
        onDoubleClick={props.onEdit}
        className="flex min-w-0 flex-1 items-start border-line border-b pl-(--text-inset)"
      >
        <div className="flex min-w-0 flex-1 items-start max-sm:flex-col sm:gap-4">
          {children}
          {meta && (
            <div
              className={`max-w-[50%] shrink-0 py-[calc((var(--row-inside)-1lh)/2)] pr-2 text-meta max-sm:-mt-2 max-sm:max-w-full max-sm:pt-0 max-sm:pb-2.5 ${actions && !props.keepsActions ? besideActions : ''}`}
            >
              {meta}
            </div>
          )}
        </div>
        {actions && (
          <div
            data-actions
            className={
              props.keepsActions
                ? 'flex h-(--row-inside) shrink-0 items-center gap-0.5'
                : `absolute top-0 right-0 flex h-(--row-inside) items-center gap-0.5 pl-2 opacity-0 focus-within:opacity-100 group-hover/row:opacity-100 pointer-coarse:hidden ${actionsGround}`
            }
          >
            {actions}
          </div>
        )}
      </div>
    </div>
  )
}

/** The first click of two may open the details, and the row make room for them: the second would meet whatever is there then. */
function ignoreSecondClick(event: MouseEvent): void {
  if (event.detail < 2) return
  event.preventDefault()
  event.stopPropagation()
}
