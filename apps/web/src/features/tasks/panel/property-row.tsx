import type { ReactNode } from 'react'

type PropertyRowProps = {
  /** The id that labels what stands in the row, when its own name does not. */
  nameId?: string
  name: string
  children: ReactNode
}

/** A property of a task: its name, and beside it what it is. */
export function PropertyRow({ nameId, name, children }: PropertyRowProps) {
  return (
    <div className="grid grid-cols-[4.5rem_minmax(0,1fr)] items-start">
      <span
        id={nameId}
        className="flex min-h-9 items-center text-ink-muted text-meta pointer-coarse:min-h-11"
      >
        {name}
      </span>
      <div className="flex min-w-0 flex-col gap-2">{children}</div>
    </div>
  )
}
