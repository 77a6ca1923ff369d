import { Button } from '../../../components/ui/button.tsx'

type LoadMoreProps = {
  isLoading: boolean
  hasFailed: boolean
  onLoad: () => void
}

/** The end of what is loaded. The next page comes by itself; the button is for when it did not. */
export function LoadMore({ isLoading, hasFailed, onLoad }: LoadMoreProps) {
  return (
    <div className="flex items-center gap-3 py-4 pl-(--text-edge)">
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
