'use client'

import { useTaskActions } from '../data/tasks-provider.tsx'
import { useView } from '../views/use-view.ts'
import { useKeys } from './use-keys.ts'

type WorkspaceKeysOptions = {
  onWrite: () => void
  onSearch: () => void
  onHelp: () => void
}

/** The keys that work anywhere on the page of tasks. */
export function useWorkspaceKeys({ onWrite, onSearch, onHelp }: WorkspaceKeysOptions): void {
  const { goTo } = useView()
  const { undoLast } = useTaskActions()
  useKeys({
    'g t': () => goTo({ view: 'today' }),
    'g u': () => goTo({ view: 'upcoming' }),
    'g a': () => goTo({ view: 'all' }),
    'g c': () => goTo({ view: 'completed' }),
    'g d': () => goTo({ view: 'trash' }),
    q: onWrite,
    '/': onSearch,
    '?': onHelp,
    u: undoLast,
    'Mod+z': undoLast,
  })
}
