'use client'

import type { Task } from '@tend/contracts'
import { useEffect, useState } from 'react'
import { describeFailure } from '../../../api/describe-failure.ts'
import { createAdditionKey, type TaskText } from '../data/task-changes.ts'
import { useTaskActions } from '../data/tasks-provider.tsx'
import { keepDrafts, readDrafts, type UnsentTask } from './task-drafts.ts'

/** How much the clocks of the server and of this machine may differ, in milliseconds. */
const CLOCK_DIFFERENCE = 120_000

/** Adds tasks, and keeps those that could not be saved until they are sent again or given up. */
export function useUnsentTasks(userId: string, known: Task[]) {
  const [unsent, setUnsent] = useState<UnsentTask[]>([])
  const { addTask } = useTaskActions()

  useEffect(() => setUnsent(readDrafts(userId).unsent), [userId])

  function add(text: TaskText, key = createAdditionKey()): void {
    remember(userId, { key, ...text, reason: null, sentAt: Date.now() })
    addTask(key, text).then(
      () => forget(userId, key),
      (error: unknown) => {
        const reason = error instanceof Error ? describeFailure(error) : ''
        const task = { key, ...text, reason, sentAt: Date.now() }
        remember(userId, task)
        setUnsent((current) => [task, ...current])
      },
    )
  }

  function discard(task: UnsentTask): void {
    forget(userId, task.key)
    setUnsent((current) => current.filter(({ key }) => key !== task.key))
  }

  function retry(task: UnsentTask): void {
    discard(task)
    add({ title: task.title, description: task.description }, task.key)
  }

  useEffect(() => {
    const arrived = unsent.filter((task) => known.some((other) => hasArrivedAs(task, other)))
    if (arrived.length === 0) return
    for (const { key } of arrived) forget(userId, key)
    setUnsent((current) => current.filter((task) => !arrived.includes(task)))
  }, [userId, unsent, known])

  const missing = unsent.filter((task) => !known.some((other) => hasArrivedAs(task, other)))
  return { unsent: missing, add, retry, discard }
}

/** Whether a task whose sending nobody saw the end of is this one of the list. */
function hasArrivedAs(sent: UnsentTask, task: Task): boolean {
  if (sent.reason !== null || sent.title !== task.title) return false
  if (sent.description !== task.description) return false
  return Date.parse(task.createdAt) > sent.sentAt - CLOCK_DIFFERENCE
}

function remember(userId: string, task: UnsentTask): void {
  const others = readDrafts(userId).unsent.filter(({ key }) => key !== task.key)
  keepDrafts(userId, { unsent: [task, ...others] })
}

function forget(userId: string, taskKey: string): void {
  keepDrafts(userId, { unsent: readDrafts(userId).unsent.filter(({ key }) => key !== taskKey) })
}
