import type { Metadata } from 'next'
import Link from 'next/link'
import { PlainPage } from '../components/plain-page.tsx'
import { buttonClass } from '../components/ui/button.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFoundPage() {
  return (
    <PlainPage line="There is nothing at this address.">
      <p className="text-ink-muted">The link may be old, or mistyped.</p>
      <Link href="/" className={buttonClass('quiet')}>
        Go to the start
      </Link>
    </PlainPage>
  )
}
