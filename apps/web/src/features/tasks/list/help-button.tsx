import { Keyboard } from 'lucide-react'

/** The way to the list of all keys, for those who do not know the key for it yet. */
export function HelpButton({ onPress }: { onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="flex h-9 w-full items-center gap-2.5 rounded-control px-2.5 text-ink-muted hover:bg-paper-sunk hover:text-ink pointer-coarse:hidden"
    >
      <Keyboard aria-hidden size={18} strokeWidth={1.75} />
      <span className="flex-1 text-start">Keyboard</span>
      <kbd aria-hidden className="font-sans text-meta">
        ?
      </kbd>
    </button>
  )
}
