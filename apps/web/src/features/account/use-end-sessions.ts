'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Session } from '@tend/contracts'
import { describeFailure } from '../../api/describe-failure.ts'
import { isProblem } from '../../api/is-problem.ts'
import { useTend } from '../../api/tend-provider.tsx'
import { toast } from '../../components/ui/toast.ts'
import { keepSessions, refreshSessions } from './session-queries.ts'

/** Ends one session. One that has ended already counts as ended. `onEnded` gives the focus a place. */
export function useEndSession(onEnded: () => void) {
  const { call } = useTend()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Session) =>
      call(({ account }) => account.endSession({ params: { id } })).catch((error: unknown) => {
        if (!isProblem(error, 'SESSION_NOT_FOUND')) throw error
      }),
    onSuccess: (_nothing, ended) => {
      onEnded()
      keepSessions(queryClient, ({ id }) => id !== ended.id)
      toast(`The session of ${ended.device} has ended.`)
    },
    onError: (error, { device }) => {
      sayFailure(`The session of ${device} could not be ended.`, error)
      return refreshSessions(queryClient)
    },
  })
}

/** Ends all sessions but this one. */
export function useEndOtherSessions() {
  const { call } = useTend()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => call(({ account }) => account.endOtherSessions()),
    onSuccess: () => {
      keepSessions(queryClient, ({ isCurrent }) => isCurrent)
      toast('All other sessions have ended.')
    },
    onError: (error) => {
      sayFailure('The other sessions could not be ended.', error)
      return refreshSessions(queryClient)
    },
  })
}

function sayFailure(sentence: string, error: Error): void {
  // The page is about to leave for the sign-in form, which says the same.
  if (isProblem(error, 'NO_SESSION')) return
  toast.error(`${sentence} ${describeFailure(error)}`)
}
