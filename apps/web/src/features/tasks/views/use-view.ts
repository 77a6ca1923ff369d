'use client'

import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { plainView, type View, viewParsers } from './view-params.ts'

/** What the page shows, and the ways to show something else. Each is a step that the browser's Back takes back. */
export function useView() {
  const [view, setParams] = useQueryStates(viewParsers, { history: 'push' })
  const ways = useMemo(
    () => ({
      /** Leaves for another view. */
      goTo: (to: Partial<View>) => void setParams({ ...plainView, ...to }, { scroll: true }),
      /** Searches all tasks; null ends the search. The steps of one search are one step back. */
      search: (q: string | null, isFirst: boolean) =>
        void setParams({ q, task: null }, { history: isFirst ? 'push' : 'replace' }),
      filter: (by: Pick<Partial<View>, 'sort' | 'status'>) => void setParams(by),
      openTask: (id: string) => void setParams({ task: id }),
      closeTask: () => void setParams({ task: null }),
    }),
    [setParams],
  )
  return { view, ...ways }
}
