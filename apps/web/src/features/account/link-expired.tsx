import Link from 'next/link'
import { buttonClass } from '../../components/ui/button.tsx'

/** Says that the link of a mail no longer sets a password, and how to get another. */
export function LinkExpired() {
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="-mt-2 text-ink-muted">
        This link has been used or is too old. Each link sets one password, within an hour after it
        was asked for.
      </p>
      <Link href="/forgot-password" className={buttonClass()}>
        Get a new link
      </Link>
    </div>
  )
}
