'use client'

import { useEffect, useRef, useState } from 'react'
import { useView } from './use-view.ts'

/** The search of the page, which opens when it is asked for and by an address that searches. */
export function useSearch() {
  const { view } = useView()
  const [isWanted, setIsWanted] = useState(false)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (isWanted) field.current?.focus()
  }, [isWanted])

  function open() {
    setIsWanted(true)
    field.current?.select()
  }

  return {
    isOpen: isWanted || view.q !== null,
    field,
    open,
    close: () => setIsWanted(false),
  }
}
