import Link from 'next/link'
import type { ReactNode } from 'react'
import { NotebookSheet } from './notebook-sheet.tsx'
import { Wordmark } from './wordmark.tsx'

type NotebookPageProps = {
  /** Where the wordmark leads. */
  home: '/' | '/dashboard'
  /** What stands at the right of the page's head. */
  corner?: ReactNode
  children: ReactNode
}

/** A page of the notebook, with its head: the way home and a corner. */
export function NotebookPage({ home, corner, children }: NotebookPageProps) {
  // The landing page has its own router, and is loaded anew.
  const Home = home === '/' ? 'a' : Link
  return (
    <NotebookSheet>
      <header className="flex items-center justify-between gap-2 pt-3">
        <Home href={home} className="inline-flex rounded-control pr-2 outline-offset-[-2px]">
          <Wordmark />
        </Home>
        {corner}
      </header>
      {children}
    </NotebookSheet>
  )
}
