'use client'

import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { describeFailure } from '../../api/describe-failure.ts'
import { useTend } from '../../api/tend-provider.tsx'
import { Button } from '../../components/ui/button.tsx'
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx'
import { sessionListOptions } from './session-queries.ts'
import { SessionRow } from './session-row.tsx'
import { useEndOtherSessions, useEndSession } from './use-end-sessions.ts'

/** Where the person is signed in, with ways to end the sessions that are not this one. */
export function SessionList() {
  const { call } = useTend()
  const { data: sessions, error, refetch } = useQuery(sessionListOptions(call))
  const list = useRef<HTMLUListElement>(null)
  const returnFocus = () => list.current?.focus()
  const endOne = useEndSession(returnFocus)
  if (sessions === undefined && error !== null) {
    return (
      <div role="alert" className="flex flex-col items-start gap-3">
        <p>Your sessions could not be loaded. {describeFailure(error)}</p>
        <Button look="quiet" onClick={() => void refetch()}>
          Try again
        </Button>
      </div>
    )
  }
  if (sessions === undefined) return <SessionsLoading />
  const others = sessions.filter(({ isCurrent }) => !isCurrent).length
  return (
    <>
      <ul ref={list} tabIndex={-1} aria-label="Sessions" className="border-line border-t">
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isEnding={endOne.isPending && endOne.variables.id === session.id}
            onEnd={() => endOne.mutate(session)}
          />
        ))}
      </ul>
      {others > 1 && <EndOthers count={others} onReturnFocus={returnFocus} />}
    </>
  )
}

function EndOthers({ count, onReturnFocus }: { count: number; onReturnFocus: () => void }) {
  const [isAsking, setIsAsking] = useState(false)
  const { mutate, isPending } = useEndOtherSessions()
  return (
    <div className="pt-4">
      <Button look="quiet" aria-disabled={isPending} onClick={() => isPending || setIsAsking(true)}>
        {isPending ? 'Ending…' : 'End all other sessions'}
      </Button>
      {isAsking && (
        <ConfirmDialog
          question={`End ${count} other sessions?`}
          consequence="Those devices are signed out within seconds. What is typed there and not saved may be lost."
          confirmLabel="End them"
          cancelLabel="Leave them"
          onConfirm={() => {
            mutate()
            setIsAsking(false)
          }}
          onCancel={() => setIsAsking(false)}
          onReturnFocus={onReturnFocus}
        />
      )}
    </div>
  )
}

function SessionsLoading() {
  return (
    <div role="status" className="border-line border-t">
      <span className="sr-only">Loading your sessions</span>
      <div aria-hidden className="flex h-16 animate-breathe flex-col justify-center gap-2">
        <span className="h-3 w-40 rounded-control bg-paper-sunk" />
        <span className="h-3 w-64 max-w-full rounded-control bg-paper-sunk" />
      </div>
    </div>
  )
}
