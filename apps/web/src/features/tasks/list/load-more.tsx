'use client'

import { useEffect, useRef } from 'react'
import { Button } from '../../../components/ui/button.tsx'

type LoadMoreProps = {
  isLoading: boolean
  hasFailed: boolean
  onLoad: () => void
}

/** The end of what is loaded: asks for the next page when it comes near, and has a button for when it cannot. */
export function LoadMore({ isLoading, hasFailed, onLoad }: LoadMoreProps) {
  const end = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (isLoading || hasFailed || end.current === null) return
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && onLoad(),
      { rootMargin: '600px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [isLoading, hasFailed, onLoad])

  return (
    <div ref={end} className="flex items-center gap-3 py-4 pl-(--text-edge)">
      <Button look="quiet" aria-disabled={isLoading} onClick={() => isLoading || onLoad()}>
        {isLoading ? 'Loading more…' : 'Show more tasks'}
      </Button>
      {hasFailed && !isLoading && (
        <p role="alert" className="text-ink-muted">
          More could not be loaded.
        </p>
      )}
    </div>
  )
}
