import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

type IconButtonProps = Omit<ComponentProps<'button'>, 'className' | 'children' | 'aria-label'> & {
  icon: LucideIcon
  /** What pressing it does, in words: its name for screen readers and its hint under the pointer. */
  label: string
}

/** A button that shows an icon alone. */
export function IconButton({ icon: Icon, label, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className="inline-flex size-9 shrink-0 items-center justify-center rounded-control text-ink-muted hover:bg-paper-sunk hover:text-ink pointer-coarse:size-11"
    >
      <Icon aria-hidden size={18} strokeWidth={1.75} />
    </button>
  )
}
