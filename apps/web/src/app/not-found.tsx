import type { Metadata } from 'next'
import { PlainPage } from '../components/plain-page.tsx'
import { buttonClass } from '../components/ui/button.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFoundPage() {
  return (
    <PlainPage line="There is nothing at this address.">
      <p className="text-ink-muted">The link may be old, or mistyped.</p>
      {/* No Link: its code would come with every page, as this one does. */}
      <a href="/" className={buttonClass('quiet')}>
        Go to the start
      </a>
    </PlainPage>
  )
}
