'use client'

import { useSyncExternalStore } from 'react'
import type { DraftBox } from './draft-box.ts'

const none: ReadonlyMap<string, never> = new Map<string, never>()

/** The drafts of a box as they change, here or in another tab. There are none until the page is alive. */
export function useDrafts<Draft>(box: DraftBox<Draft>): ReadonlyMap<string, Draft> {
  return useSyncExternalStore<ReadonlyMap<string, Draft>>(box.subscribe, box.all, () => none)
}
