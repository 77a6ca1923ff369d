'use client'

import { useEffect, useRef } from 'react'

/**
 * Gives a way to act at once, or, while a pointer is down, when it is up again: what leaves a field by pressing something else may move
 * that away from under the pointer, which then presses nothing.
 */
export function useAfterPress(): (act: () => void) => void {
  const isDown = useRef(false)
  const waiting = useRef<(() => void) | null>(null)

  useEffect(() => {
    const listening = new AbortController()
    const options = { capture: true, signal: listening.signal }
    const onUp = () => {
      isDown.current = false
      // The click comes right behind.
      setTimeout(() => {
        waiting.current?.()
        waiting.current = null
      }, 0)
    }
    const onDown = () => {
      isDown.current = true
    }
    document.addEventListener('pointerdown', onDown, options)
    document.addEventListener('pointerup', onUp, options)
    document.addEventListener('pointercancel', onUp, options)
    return () => listening.abort()
  }, [])

  return (act) => {
    if (isDown.current) waiting.current = act
    else act()
  }
}
