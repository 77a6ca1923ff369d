import type { ReactNode } from 'react'
import { NotebookSheet } from './notebook-sheet.tsx'
import { Wordmark } from './wordmark.tsx'

/** A page that says one thing, for when there is nothing else to show. */
export function PlainPage({ line, children }: { line: string; children: ReactNode }) {
  return (
    <NotebookSheet>
      <header className="pt-3">
        {/* Loads the start anew: what stands here may have gone wrong. And every page carries this one along. */}
        <a href="/" className="inline-flex rounded-control pr-2 outline-offset-[-2px]">
          <Wordmark />
        </a>
      </header>
      <main className="flex flex-col items-start gap-4 pt-[18vh] pl-(--text-edge)">
        <h1 className="text-balance font-serif text-quote">{line}</h1>
        {children}
      </main>
    </NotebookSheet>
  )
}
