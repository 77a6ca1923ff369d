'use client'

import { Dialog } from 'radix-ui'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import { scrimClass } from '../../../components/ui/dialog.tsx'
import { readKey } from '../list/read-key.ts'

/** Where the panel has room beside the list. */
const WIDE = '(width >= 64rem)'

type PanelFrameProps = {
  /** Changes when another task is shown. */
  taskId: string
  onClose: () => void
  /** The key for writing notes was pressed, and not into a field. */
  onEditNotes: () => void
  /** Puts the focus where it belongs when the panel has closed. */
  onReturnFocus: () => void
  children: ReactNode
}

/**
 * The panel's place. On wide screens it stands beside the list, which stays in reach; elsewhere it is a modal sheet, on phones over the whole
 * screen. Escape closes both.
 */
export function PanelFrame(props: PanelFrameProps) {
  return useIsWide() ? <SidePanel {...props} /> : <Sheet {...props} />
}

function SidePanel({ taskId, onClose, onEditNotes, onReturnFocus, children }: PanelFrameProps) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    // Whoever writes in the list meanwhile goes on writing.
    if (document.activeElement?.matches('input, textarea')) return
    panel.current?.focus({ preventScroll: true })
  }, [taskId])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="Task details"
      onKeyDown={(event) => {
        const isFor = purposeOf(event)
        if (isFor === 'notes') onEditNotes()
        if (isFor !== 'closing') return
        onClose()
        onReturnFocus()
      }}
      className="sticky top-0 h-dvh w-104 shrink-0 animate-fade overflow-y-auto overscroll-contain border-line border-l bg-paper outline-none"
    >
      {children}
    </aside>
  )
}

function Sheet({ onClose, onEditNotes, onReturnFocus, children }: PanelFrameProps) {
  const escapeEvent = useRef<globalThis.KeyboardEvent>(null)
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay data-scrim className={scrimClass} />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.target instanceof HTMLElement) event.target.focus()
          }}
          // Before any field of it could have the key for itself. What is left of it closes the sheet.
          onEscapeKeyDown={(event) => {
            event.preventDefault()
            escapeEvent.current = event
          }}
          onKeyDown={(event) => {
            const isFor = purposeOf(event, event.nativeEvent === escapeEvent.current)
            if (isFor === 'notes') onEditNotes()
            if (isFor === 'closing') onClose()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onReturnFocus()
          }}
          className="fixed inset-y-0 right-0 z-50 w-104 max-w-full animate-sheet overflow-y-auto overscroll-contain bg-paper pb-[env(safe-area-inset-bottom)] shadow-float outline-none max-sm:w-full"
        >
          <Dialog.Title className="sr-only">Task details</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** What a key is for, when no field and no calendar had a use for it. The list around does not get it, too. `isOwnEscape` says that it was the sheet itself that took Escape from the browser. */
function purposeOf(event: KeyboardEvent, isOwnEscape = false): 'closing' | 'notes' | null {
  if ((event.defaultPrevented && !isOwnEscape) || event.nativeEvent.isComposing) return null
  const isTyping = event.target instanceof Element && event.target.matches('input, textarea')
  const isModified = event.metaKey || event.ctrlKey || event.altKey || event.shiftKey
  const isNotes = readKey(event.nativeEvent) === 'e' && !isTyping && !isModified
  if (event.key !== 'Escape' && !isNotes) return null
  event.preventDefault()
  return isNotes ? 'notes' : 'closing'
}

function useIsWide(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const query = matchMedia(WIDE)
      query.addEventListener('change', onChange)
      return () => query.removeEventListener('change', onChange)
    },
    () => matchMedia(WIDE).matches,
    () => true,
  )
}
