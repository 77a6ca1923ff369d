'use client'

import type { Session } from '@tend/contracts'
import { Button } from '../../components/ui/button.tsx'
import { describeDay } from './describe-day.ts'

type SessionRowProps = { session: Session; isEnding: boolean; onEnd: () => void }

/** One place where the person is signed in. */
export function SessionRow({ session, isEnding, onEnd }: SessionRowProps) {
  const { device, isCurrent, address } = session
  const used = isCurrent ? 'In use now' : `Last used ${describeDay(session.lastUsedAt)}`
  return (
    <li className="flex min-h-16 items-center gap-3 border-line border-b py-2.5">
      <div className="min-w-0 flex-1">
        <p className="[overflow-wrap:anywhere]">
          <span className="font-medium">{device}</span>
          {isCurrent && (
            <span className="ml-2 inline-block rounded-full border border-accent px-2 text-accent text-meta">
              This device
            </span>
          )}
        </p>
        <p className="flex flex-wrap gap-x-3 text-ink-muted text-meta tabular-nums [overflow-wrap:anywhere]">
          <time dateTime={session.lastUsedAt}>{used}</time>
          <span>
            Signed in <time dateTime={session.createdAt}>{describeDay(session.createdAt)}</time>
          </span>
          {address !== null && <span>{address}</span>}
        </p>
      </div>
      {!isCurrent && (
        <Button
          look="quiet"
          size="small"
          aria-disabled={isEnding}
          aria-label={`End the session of ${device}, last used ${describeDay(session.lastUsedAt)}`}
          onClick={() => isEnding || onEnd()}
        >
          {isEnding ? 'Ending…' : 'End'}
        </Button>
      )}
    </li>
  )
}
