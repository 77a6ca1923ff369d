import Link from 'next/link'
import type { ReactNode } from 'react'
import { Wordmark } from './wordmark.tsx'

/** A page that says one thing, for when there is nothing else to show. */
export function PlainPage({ line, children }: { line: string; children: ReactNode }) {
  return (
    <div className="mx-auto w-full max-w-[46.75rem] pr-4 pl-1 sm:px-4">
      <header className="pt-3">
        <Link href="/" className="inline-flex rounded-control pr-2">
          <Wordmark />
        </Link>
      </header>
      <main className="flex flex-col items-start gap-4 pt-[18vh] pl-(--tick-column)">
        <h1 className="text-balance font-serif text-line">{line}</h1>
        {children}
      </main>
    </div>
  )
}
