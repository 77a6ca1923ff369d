'use client'

import { useEffect } from 'react'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'
import type { DeleteForGoodDialogProps } from './delete-for-good-dialog.tsx'

const loadDialog = () => import('./delete-for-good-dialog.tsx')

/** Asks before tasks of the trash are deleted for good. */
export function DeleteForGood(props: DeleteForGoodDialogProps) {
  const { part, demand } = useOnDemand(loadDialog)
  // Called off when it cannot be fetched: the next press asks for it again.
  useEffect(() => void demand().then((isThere) => isThere || props.onCancel()), [])
  return part !== null && <part.DeleteForGoodDialog {...props} />
}
