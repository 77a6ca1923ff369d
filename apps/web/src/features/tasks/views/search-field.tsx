'use client'

import { taskTextRules } from '@tend/contracts'
import { Search, X } from 'lucide-react'
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { useView } from './use-view.ts'

/** How long typing rests before what is typed is searched for, in milliseconds. */
const REST = 180

type SearchFieldProps = { inputRef: RefObject<HTMLInputElement | null>; onClose: () => void }

/** Searches all tasks while one types. Escape and the cross lead back to the view as it was. */
export function SearchField({ inputRef, onClose }: SearchFieldProps) {
  const { view, search } = useView()
  const [typed, setTyped] = useState(view.q ?? '')
  const shown = useRef(view.q)
  const onAway = useEffectEvent(onClose)

  useEffect(() => {
    // The address changed by itself: Back, or a link.
    if (view.q === shown.current) return
    shown.current = view.q
    if (view.q === null) onAway()
    else setTyped(view.q)
  }, [view.q])

  useEffect(() => {
    const wanted = typed.trim().slice(0, taskTextRules.search.max) || null
    if (wanted === shown.current) return
    const timer = setTimeout(() => {
      const isFirst = shown.current === null
      shown.current = wanted
      search(wanted, isFirst)
    }, REST)
    return () => clearTimeout(timer)
  }, [typed, search])

  function close() {
    if (shown.current !== null) search(null, false)
    shown.current = null
    onClose()
  }

  return (
    <search className="flex min-w-0 flex-1 items-center border-line border-b">
      <label
        htmlFor="search"
        className="grid h-(--row) w-(--margin) shrink-0 cursor-text place-items-center text-ink-muted"
      >
        <Search aria-hidden size={18} strokeWidth={1.75} />
        <span className="sr-only">Search all tasks</span>
      </label>
      <input
        ref={inputRef}
        id="search"
        type="search"
        dir="auto"
        autoComplete="off"
        enterKeyHint="search"
        placeholder="Search all tasks"
        maxLength={taskTextRules.search.max}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
          event.preventDefault()
          close()
        }}
        className="ml-(--text-inset) h-(--row) min-w-0 flex-1 bg-transparent text-typed outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      <IconButton icon={X} label="Close search" onClick={close} />
    </search>
  )
}
