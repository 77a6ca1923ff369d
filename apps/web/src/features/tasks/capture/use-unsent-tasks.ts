'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { Task } from '@tend/contracts'
import { SessionEndedError } from '@tend/contracts/client'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { CallTasks } from '../../../api/create-tend.ts'
import { leaveForLogin } from '../../../api/leave-for-login.ts'
import { useTend } from '../../../api/tend-provider.tsx'
import { announce } from '../../../components/ui/live-region.tsx'
import { sendAddition } from '../data/send-changes.ts'
import { refreshTasks, settleTask } from '../data/settle-tasks.ts'
import { createAdditionKey } from '../data/task-changes.ts'
import { useTaskActions, useTaskDrafts } from '../data/tasks-provider.tsx'
import { useDrafts } from '../drafts/use-drafts.ts'
import { createOutbox, type Outbox, type WithLock } from './create-outbox.ts'
import { readUnread } from './use-quick-add.ts'

const nothing: ReadonlySet<string> = new Set<string>()

/** Adds tasks, and keeps those that could not be saved until they are sent again or given up. */
export function useUnsentTasks({ onAdded }: { onAdded: (task: Task) => void }) {
  const outbox = useOutbox(onAdded)
  const drafts = useDrafts(useTaskDrafts().unsent)
  const underWay = useSyncExternalStore(outbox.subscribe, outbox.listUnderWay, () => nothing)
  const failed = [...drafts]
    .flatMap(([name, task]) => {
      const { failure } = task
      return failure === null ? [] : [{ name, task, failure, isUnderWay: underWay.has(name) }]
    })
    .sort((one, other) => other.task.writtenAt - one.task.writtenAt)

  useEffect(() => {
    const sendAll = () => {
      if (document.visibilityState === 'visible') void outbox.sendAll()
    }
    sendAll()
    window.addEventListener('online', sendAll)
    document.addEventListener('visibilitychange', sendAll)
    return () => {
      window.removeEventListener('online', sendAll)
      document.removeEventListener('visibilitychange', sendAll)
    }
  }, [outbox])

  return {
    failed,
    add: outbox.add,
    retry: (name: string, isAnother: boolean) => void outbox.retry(name, isAnother),
    discard: outbox.discard,
  }
}

function useOutbox(onAdded: (task: Task) => void): Outbox {
  const tell = useRef(onAdded)
  useEffect(() => {
    tell.current = onAdded
  }, [onAdded])
  const { call } = useTend()
  const queryClient = useQueryClient()
  const { addTask } = useTaskActions()
  const { unsent } = useTaskDrafts()
  const [outbox] = useState(() =>
    createOutbox({
      drafts: unsent,
      sending: { hasTitle: (title) => hasTitle(call, title), read: readUnread, now: Date.now },
      createKey: createAdditionKey,
      async createNew(task, key) {
        const added = await addTask(key, task)
        tell.current(added)
        return added
      },
      async createAgain(task, key) {
        try {
          const added = await sendAddition(call, key, task)
          settleTask(queryClient, added)
          announce('Task added')
          // What was made by an earlier try may have been changed or deleted since.
          refreshTasks(queryClient)
          return added
        } catch (error) {
          if (error instanceof SessionEndedError) leaveForLogin()
          throw error
        }
      },
      withLock,
    }),
  )
  return outbox
}

/** Whether there is a task with exactly this title, as far as a look at a hundred tells. */
async function hasTitle(call: CallTasks, title: string): Promise<boolean> {
  const page = await call(({ tasks }) => tasks.list({ query: { q: title, limit: 100 } }))
  return page.items.some((task) => task.title === title)
}

/**
 * One page at a time sends a task (Web Locks API). Where there are no locks, as on a page without https, two may; the key that both send lets
 * the server make one task of it.
 */
const withLock: WithLock = async (name, send) => {
  if (navigator.locks === undefined) return send()
  await navigator.locks.request(`tend.unsent.${name}`, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await send()
  })
}
