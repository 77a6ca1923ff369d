'use client'

import { useState } from 'react'

/** Whether a press on a task selects it, as is asked for on touch screens; leaving the view ends it. */
export function useSelecting(viewKey: string) {
  const [selectingIn, setSelectingIn] = useState<string | null>(null)
  return {
    isSelecting: selectingIn === viewKey,
    start: () => setSelectingIn(viewKey),
    end: () => setSelectingIn(null),
  }
}
