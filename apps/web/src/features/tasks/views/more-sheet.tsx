'use client'

import { useRef } from 'react'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { PaletteButton } from '../palette/palette-button.tsx'
import { showPalette } from '../palette/palette-store.ts'
import { ViewNav } from './view-nav.tsx'

const far = ['completed', 'trash'] as const

/** What has no place in the bar of a phone: the other views, and the way to the palette. */
export function MoreSheet({ onClose }: { onClose: () => void }) {
  const opener = useRef(document.activeElement)
  const isPaletteWanted = useRef(false)

  function onReturnFocus() {
    if (opener.current instanceof HTMLElement) opener.current.focus()
    // Not before: two dialogs at once would pull at the focus.
    if (isPaletteWanted.current) showPalette(true)
  }

  return (
    <Dialog title="More" onDismiss={onClose} onReturnFocus={onReturnFocus}>
      <nav aria-label="More views" className="-mx-2.5 mt-2">
        <ViewNav only={far} onGo={onClose} />
      </nav>
      <div className="-mx-2.5 mt-2 border-line border-t pt-2">
        <PaletteButton
          onPress={() => {
            isPaletteWanted.current = true
            onClose()
          }}
        />
      </div>
    </Dialog>
  )
}
