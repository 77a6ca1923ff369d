'use client'

import { Popover } from 'radix-ui'
import { type ReactNode, type RefObject, useRef } from 'react'
import type { ListedTask } from '../data/task-changes.ts'

/** Each task is changed by a request of its own, and a person has a number of them a minute. */
const MOST = 100

export type BulkPopoverProps = {
  tasks: ListedTask[]
  /** The button that opened it. */
  anchor: RefObject<HTMLButtonElement | null>
  /** Called when it has closed with a choice, to hand on the focus. */
  onDone: () => void
  onClose: () => void
}

type NamedPopoverProps = BulkPopoverProps & {
  /** What it is, for screen readers. */
  name: string
  /** What is chosen from; `end` closes it with a choice. */
  children: (end: () => void) => ReactNode
}

/** Floats above the bar of the selected tasks, for what takes a choice before it can be done to them. */
export function BulkPopover({ tasks, anchor, name, children, ...on }: NamedPopoverProps) {
  const isChosen = useRef(false)

  function end(): void {
    isChosen.current = true
    on.onClose()
  }

  return (
    // Modal: the keys of the list would act on what is selected.
    <Popover.Root open modal onOpenChange={(isOpen) => !isOpen && on.onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          side="top"
          sideOffset={10}
          collisionPadding={12}
          aria-label={name}
          aria-modal
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (isChosen.current) on.onDone()
            else anchor.current?.focus()
          }}
          className="z-50 max-h-(--radix-popover-content-available-height) w-76 max-w-[calc(100vw-1.5rem)] animate-fade overflow-y-auto rounded-float bg-paper-raised p-3 shadow-float outline-none pointer-coarse:w-84"
        >
          {tasks.length > MOST ? (
            <p>At most {MOST} tasks can be changed like this at once. Select fewer.</p>
          ) : (
            children(end)
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
