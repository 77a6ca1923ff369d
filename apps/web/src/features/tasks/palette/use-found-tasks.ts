'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTend } from '../../../api/tend-provider.tsx'

/** As many as fit without scrolling past them. */
const MOST_FOUND = 8

/** So long, in milliseconds, a person who types is waited for. */
const PAUSE = 120

/** The tasks whose title or description holds what is typed, as the server finds them. */
export function useFoundTasks(typed: string) {
  const { call } = useTend()
  const q = useSettled(typed.trim())
  const query = useQuery({
    queryKey: ['found-tasks', q],
    queryFn: async ({ signal }) => {
      const request = { query: { q, limit: MOST_FOUND }, fetchOptions: { signal } }
      return (await call(({ tasks }) => tasks.list(request))).items
    },
    enabled: q !== '',
    placeholderData: keepPreviousData,
    // Between two openings anything may have changed.
    staleTime: 0,
  })
  return { q, found: q === '' ? [] : (query.data ?? []), error: query.error }
}

/** A value once it has not changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return value === '' ? '' : settled
}
