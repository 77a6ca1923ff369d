import type { ReactNode } from 'react'

/** The sheet that everything in Tend is written on: a column of text with a margin at its left, parted by a rule. */
export function NotebookSheet({ children }: { children: ReactNode }) {
  return (
    <div className="relative mx-auto min-h-dvh w-full max-w-[49.5rem] pr-4 pl-1 sm:px-4">
      {/* Above what sticks to the top of the page, so that the rule runs through. */}
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 z-[11] ml-(--margin) w-px bg-rule"
      />
      {children}
    </div>
  )
}
