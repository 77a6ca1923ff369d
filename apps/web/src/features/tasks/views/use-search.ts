'use client'

import { useEffect, useRef, useState } from 'react'
import { useView } from './use-view.ts'

/**
 * The search of the page, which opens when it is asked for and by an address that searches. Whoever goes to another view
 * leaves it behind; `viewKey` tells the views apart, searched in or not.
 */
export function useSearch(viewKey: string) {
  const { view } = useView()
  const [wantedIn, setWantedIn] = useState<string | null>(null)
  const isWanted = wantedIn === viewKey
  // Back in the view, it is not open again.
  if (wantedIn !== null && !isWanted) setWantedIn(null)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (isWanted) field.current?.focus()
  }, [isWanted])

  function open() {
    setWantedIn(viewKey)
    field.current?.select()
  }

  return {
    isOpen: isWanted || view.q !== null,
    field,
    open,
    close: () => setWantedIn(null),
  }
}
