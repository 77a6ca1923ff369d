'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

const none: ReadonlySet<string> = new Set()

/** Which of the rows are selected; `ids` are all rows in their order. What leaves the list is selected no more. */
export function useSelection(ids: readonly string[]) {
  const [marked, setMarked] = useState(none)
  const anchor = useRef<string | null>(null)
  const order = useRef(ids)
  useEffect(() => {
    order.current = ids
  }, [ids])

  const selected = useMemo(() => {
    if (marked.size === 0) return none
    return new Set(ids.filter((id) => marked.has(id)))
  }, [ids, marked])

  const select = useCallback((id: string, how: 'toggle' | 'range') => {
    const from = anchor.current === null ? -1 : order.current.indexOf(anchor.current)
    if (how === 'range' && from !== -1) {
      const to = order.current.indexOf(id)
      const range = order.current.slice(Math.min(from, to), Math.max(from, to) + 1)
      setMarked((now) => new Set([...now, ...range]))
      return
    }
    anchor.current = id
    setMarked((now) => (now.has(id) ? without(now, id) : new Set([...now, id])))
  }, [])

  const clear = useCallback(() => {
    anchor.current = null
    setMarked(none)
  }, [])

  const selectAll = useCallback(() => setMarked(new Set(order.current)), [])

  return { selected, select, selectAll, clear }
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((other) => other !== id))
}
