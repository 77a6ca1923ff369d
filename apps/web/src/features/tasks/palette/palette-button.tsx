'use client'

import { Search } from 'lucide-react'
import { useIsHydrated } from '../../../components/ui/use-is-hydrated.ts'

/** The way to the palette for those who do not know its keys yet, which it tells. */
export function PaletteButton({ onPress }: { onPress: () => void }) {
  const isHydrated = useIsHydrated()
  const isApple = isHydrated && /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <button
      type="button"
      onClick={onPress}
      className="flex h-9 w-full items-center gap-2.5 rounded-control px-2.5 text-ink-muted hover:bg-paper-sunk hover:text-ink pointer-coarse:h-12"
    >
      <Search aria-hidden size={18} strokeWidth={1.75} />
      <span className="flex-1 text-start">Find or do</span>
      <kbd aria-hidden className="font-sans text-meta pointer-coarse:hidden">
        {isApple ? '⌘ K' : 'Ctrl K'}
      </kbd>
    </button>
  )
}
