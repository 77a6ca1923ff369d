'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { TaskEvent } from '@tend/contracts'
import type { FollowedEvent } from '@tend/contracts/client'
import { useEffect, useState } from 'react'
import { leaveForLogin } from '../../../api/leave-for-login.ts'
import { useTend } from '../../../api/tend-provider.tsx'
import { createLanes } from '../data/create-lanes.ts'
import { clearLingering } from '../data/lingering-tasks.ts'
import { idOfEvent, refreshTasks, settleTaskEvents } from '../data/settle-tasks.ts'
import { followTogether } from './follow-together.ts'

/** Nobody needs to know of a connection that is back after so many milliseconds. */
const PATIENCE = 4000

/** So many milliseconds changes are gathered: hundreds at once, as of a selection, are then shown in one go. */
const GATHER = 30

/** Keeps the page's tasks as they are on the server, whoever changes them, and says when it cannot. */
export function LiveTasks({ userId }: { userId: string }) {
  const tend = useTend()
  const queryClient = useQueryClient()
  const [isConnected, setIsConnected] = useState(true)
  const [isReconnecting, setIsReconnecting] = useState(false)

  useEffect(() => {
    const inOrder = createLanes()
    let gathered: TaskEvent[] = []
    let hasOpened = false

    function settleGathered(): void {
      const events = gathered
      gathered = []
      void inOrder(events.map(idOfEvent), () => settleTaskEvents(queryClient, events))
    }

    function onEvent(event: FollowedEvent): void {
      switch (event.type) {
        case 'stream.lost':
          setIsConnected(false)
          return
        case 'stream.open':
          setIsConnected(true)
          if (!event.isResumed) {
            // A task in the place it kept stands in no list that would tell of its deletion meanwhile.
            if (hasOpened) clearLingering(queryClient)
            refreshTasks(queryClient)
          }
          hasOpened = true
          return
        default:
          if (gathered.push(event) === 1) setTimeout(settleGathered, GATHER)
      }
    }

    return followTogether({
      userId,
      async open() {
        const client = await tend.open()
        return (signal) => client.followTaskEvents({ signal })
      },
      onEvent,
      onSessionEnd: leaveForLogin,
    })
  }, [tend, queryClient, userId])

  useEffect(() => {
    setIsReconnecting(false)
    if (isConnected) return
    const timer = setTimeout(() => setIsReconnecting(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [isConnected])

  return (
    <p
      role="status"
      className="pointer-events-none fixed bottom-3 left-64 z-20 text-ink-muted text-meta max-md:top-3 max-md:bottom-auto max-md:left-1/2 max-md:-translate-x-1/2"
    >
      {isReconnecting && (
        <span className="animate-fade rounded-full bg-paper-sunk px-3 py-1">Reconnecting…</span>
      )}
    </p>
  )
}
