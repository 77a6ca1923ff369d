'use client'

import { useCallback, useState } from 'react'
import { toast } from './toast.ts'

let awaited = 0

/** Whether a part that was asked for is still on its way: what is typed now is meant for it. */
export function isPartAwaited(): boolean {
  return awaited > 0
}

/**
 * A part of the page that is fetched when it is first asked for, to keep it out of what every page loads. `preload`
 * fetches it ahead, as when its button is pointed at; without a connection, `demand` says so, gives false, and may be tried again. `load` is to be the same function
 * each time. `takesKeys` says that what is typed while it is fetched is meant for it.
 */
export function useOnDemand<Part>(load: () => Promise<Part>, { takesKeys = true } = {}) {
  const [part, setPart] = useState<Part | null>(null)

  function preload(): void {
    load().catch(() => {})
  }

  const demand = useCallback(async (): Promise<boolean> => {
    if (takesKeys) awaited += 1
    try {
      const loaded = await load()
      setPart(() => loaded)
      return true
    } catch {
      toast.error('This part of Tend could not be fetched. Check your connection and try again.')
      return false
    } finally {
      if (takesKeys) awaited -= 1
    }
  }, [load, takesKeys])

  return { part, preload, demand }
}
