'use client'

import { useState } from 'react'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'

const loadHelp = () => import('./keyboard-help.tsx')

/** The list of all keys: how to open it, and the dialog while it is open. */
export function useHelp() {
  const { part, demand } = useOnDemand(loadHelp)
  const [isOpen, setIsOpen] = useState(false)

  function openHelp() {
    setIsOpen(true)
    void demand()
  }

  const help = part !== null && isOpen && <part.KeyboardHelp onClose={() => setIsOpen(false)} />
  return { help, openHelp }
}
