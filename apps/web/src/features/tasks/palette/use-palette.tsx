'use client'

import { type ReactNode, useEffect } from 'react'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'
import type { PaletteActions } from './palette-commands.ts'
import { showPalette, usePaletteIsOpen } from './palette-store.ts'

const loadPalette = () => import('./palette.tsx')

/** The palette, which comes on Ctrl-K or ⌘-K, also while the person types. */
export function usePalette(actions: PaletteActions): ReactNode {
  const { part, demand } = useOnDemand(loadPalette)
  const isOpen = usePaletteIsOpen()

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const isCombination = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      if (!isCombination || event.key.toLowerCase() !== 'k') return
      // Browsers have a use of their own for it, which nobody means here.
      event.preventDefault()
      const isCovered = document.querySelector('[data-scrim]') !== null
      if (!isCovered) showPalette(true)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      showPalette(false)
    }
  }, [])

  useEffect(() => {
    if (isOpen && part === null) void demand().then((isThere) => isThere || showPalette(false))
  }, [isOpen, part, demand])

  if (!isOpen || part === null) return null
  return <part.Palette actions={actions} onClose={() => showPalette(false)} />
}
