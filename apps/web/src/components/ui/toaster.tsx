'use client'

import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react'
import { type Toast, toast, toasts } from './toast.ts'

/** Where short messages appear: low in the middle, above what stands there on phones. */
export function Toaster() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.read, toasts.readOnServer)
  const [isHeld, setIsHeld] = useState(false)
  const isPaused = useIsHidden() || isHeld
  const section = useRef<HTMLElement>(null)

  useEffect(() => {
    // From anywhere to the messages, whose buttons are the next stops of Tab.
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || event.code !== 'KeyT') return
      // On a Mac the combination would write a dagger.
      event.preventDefault()
      section.current?.focus()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label="Messages, Alt+T"
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      className="pointer-events-none fixed inset-x-4 bottom-(--toast-bottom) z-60 mx-auto max-w-[22.5rem]"
    >
      <div aria-live="polite" aria-relevant="additions" className="flex flex-col gap-2">
        {shown.map((message) => (
          <ToastItem
            key={message.serial}
            message={message}
            isPaused={isPaused}
            // What is gone can be left neither by the pointer nor by the focus.
            onGone={() => setIsHeld(false)}
          />
        ))}
      </div>
    </section>
  )
}

type ToastItemProps = { message: Toast; isPaused: boolean; onGone: () => void }

function ToastItem({ message, isPaused, onGone }: ToastItemProps) {
  const { id, text, duration, action } = message
  const remaining = useRef(duration)
  const end = useEffectEvent(() => toast.dismiss(id))

  useEffect(() => {
    if (isPaused) return
    const startedAt = performance.now()
    const timer = setTimeout(() => end(), remaining.current)
    return () => {
      clearTimeout(timer)
      remaining.current -= performance.now() - startedAt
    }
  }, [isPaused])

  return (
    <div className="pointer-events-auto flex min-h-12 animate-rise items-center gap-3 rounded-float bg-ink py-1.5 pr-1.5 pl-4 text-paper shadow-float">
      <p className="min-w-0 flex-1 py-1.5 [overflow-wrap:anywhere]">{text}</p>
      {action !== null && (
        <button
          type="button"
          onClick={() => {
            toast.dismiss(id)
            onGone()
            action.onClick()
          }}
          className="h-9 shrink-0 rounded-control px-3 font-medium underline decoration-1 underline-offset-4 outline-offset-[-4px] focus-visible:outline-paper pointer-coarse:h-11"
        >
          {action.label}
        </button>
      )}
    </div>
  )
}

function useIsHidden(): boolean {
  return useSyncExternalStore(
    (listener) => {
      document.addEventListener('visibilitychange', listener)
      return () => document.removeEventListener('visibilitychange', listener)
    },
    () => document.hidden,
    () => false,
  )
}
