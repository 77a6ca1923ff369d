'use client'

import { useRef } from 'react'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { ViewNav } from './view-nav.tsx'

const far = ['completed', 'trash'] as const

/** The views that have no place in the bar of a phone. */
export function MoreSheet({ onClose }: { onClose: () => void }) {
  const opener = useRef(document.activeElement)
  return (
    <Dialog
      title="More views"
      onDismiss={onClose}
      onReturnFocus={() => opener.current instanceof HTMLElement && opener.current.focus()}
    >
      <nav aria-label="More views" className="-mx-2.5 mt-2">
        <ViewNav only={far} onGo={onClose} />
      </nav>
    </Dialog>
  )
}
