import type { ReactNode } from 'react'
import { NotebookPage } from './notebook-page.tsx'

/** A page that says one thing, for when there is nothing else to show. */
export function PlainPage({ line, children }: { line: string; children: ReactNode }) {
  return (
    <NotebookPage home="/">
      <main className="flex flex-col items-start gap-4 pt-[18vh] pl-(--text-edge)">
        <h1 className="text-balance font-serif text-quote">{line}</h1>
        {children}
      </main>
    </NotebookPage>
  )
}
