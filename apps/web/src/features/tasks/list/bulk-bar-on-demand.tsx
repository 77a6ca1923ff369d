'use client'

import { useEffect } from 'react'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'
import type { BulkBarProps } from './bulk-bar.tsx'

const loadBar = () => import('./bulk-bar.tsx').then(({ BulkBar }) => BulkBar)

type BulkBarOnDemandProps = BulkBarProps & {
  /** Whether anything is selected, or is about to be. */
  isWanted: boolean
}

/** The bar of the selected tasks, fetched when the page is at rest or the first one is selected. Selecting goes on meanwhile. */
export function BulkBarOnDemand({ isWanted, ...props }: BulkBarOnDemandProps) {
  const { part: BulkBar, preload, demand } = useOnDemand(loadBar, { takesKeys: false })

  useEffect(() => {
    const timer = setTimeout(preload, 2000)
    return () => clearTimeout(timer)
  }, [])

  useEffect(() => {
    if (isWanted) void demand()
  }, [isWanted, demand])

  return BulkBar !== null && isWanted && <BulkBar {...props} />
}
