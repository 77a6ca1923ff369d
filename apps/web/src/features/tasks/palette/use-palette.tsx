'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'
import { readKey } from '../list/read-key.ts'
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
      if (!isCombination || readKey(event).toLowerCase() !== 'k') return
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

  const typedAhead = useTypedAhead(isOpen, part === null)
  if (!isOpen || part === null) return null
  return (
    <part.Palette actions={actions} typedAhead={typedAhead} onClose={() => showPalette(false)} />
  )
}

/** What is typed for the palette before it is there. Escape calls it off. */
function useTypedAhead(isOpen: boolean, isAwaited: boolean): string {
  const [typed, setTyped] = useState('')

  useEffect(() => {
    if (!isOpen) setTyped('')
  }, [isOpen])

  useEffect(() => {
    if (!(isOpen && isAwaited)) return
    function onKeyDown(event: KeyboardEvent) {
      const { key } = event
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (key === 'Escape') showPalette(false)
      else if (key === 'Backspace') setTyped((before) => before.slice(0, -1))
      else if (key.length === 1) setTyped((before) => before + key)
      // Nothing else on the page is to hear of it, be it the field that has the focus.
      event.preventDefault()
      event.stopPropagation()
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [isOpen, isAwaited])

  return typed
}
