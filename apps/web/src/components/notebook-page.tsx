import Link from 'next/link'
import type { ReactNode } from 'react'
import { Wordmark } from './wordmark.tsx'

type NotebookPageProps = {
  /** Where the wordmark leads. */
  home: '/' | '/dashboard'
  /** What stands at the right of the page's head. */
  corner?: ReactNode
  children: ReactNode
}

/** The sheet that everything in Tend is written on: a column of text with a margin at its left, parted by a rule. */
export function NotebookPage({ home, corner, children }: NotebookPageProps) {
  return (
    <div className="relative mx-auto min-h-dvh w-full max-w-[49.5rem] pr-4 pl-1 sm:px-4">
      {/* Above what sticks to the top of the page, so that the rule runs through. */}
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 z-[11] ml-(--margin) w-px bg-rule"
      />
      <header className="flex items-center justify-between gap-2 pt-3">
        <Link href={home} className="inline-flex rounded-control pr-2 outline-offset-[-2px]">
          <Wordmark />
        </Link>
        {corner}
      </header>
      {children}
    </div>
  )
}
