'use client'

import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

/** The class of the shade behind a dialog. */
export const scrimClass = 'fixed inset-0 z-40 animate-fade bg-scrim'

/** The class of a dialog's surface: in the middle of the screen; on phones a sheet at its lower edge. */
export const dialogClass =
  'fixed inset-x-4 top-[12vh] z-50 mx-auto flex max-h-[80dvh] max-w-lg animate-rise flex-col overflow-y-auto overscroll-contain rounded-float bg-paper-raised p-5 shadow-float outline-none max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-0 max-sm:max-h-[92dvh] max-sm:animate-sheet max-sm:rounded-b-none max-sm:pb-[max(1.25rem,env(safe-area-inset-bottom))]'

type DialogProps = {
  title: string
  children: ReactNode
  /** Escape, the cross, or a press outside. */
  onDismiss: () => void
  /** Finds what gets the focus first, where typing opens no keyboard over half the screen. */
  firstFocus?: () => HTMLElement | null
  /** Puts the focus where it belongs when the dialog has closed. */
  onReturnFocus: () => void
}

/** A modal dialog that stays open as long as it is rendered. */
export function Dialog({ title, children, onDismiss, firstFocus, onReturnFocus }: DialogProps) {
  return (
    <Primitive.Root open onOpenChange={(isOpen) => !isOpen && onDismiss()}>
      <Primitive.Portal>
        <Primitive.Overlay data-scrim className={scrimClass} />
        <Primitive.Content
          aria-describedby={undefined}
          className={dialogClass}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            const isTouch = matchMedia('(pointer: coarse)').matches
            const first = isTouch ? null : firstFocus?.()
            if (first) first.focus()
            else if (event.target instanceof HTMLElement) event.target.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onReturnFocus()
          }}
        >
          <div className="-mt-1.5 -mr-1.5 flex items-center justify-between gap-4">
            <Primitive.Title className="font-medium text-title">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <IconButton icon={X} label="Close" />
            </Primitive.Close>
          </div>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
