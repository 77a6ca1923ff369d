'use client'

import type { Task } from '@tend/contracts'
import { useEffect, useState } from 'react'
import { describeFailure } from '../../../api/describe-failure.ts'
import type { TaskText } from '../data/task-changes.ts'
import { useAddTask } from '../data/use-task-changes.ts'
import { keepDrafts, readDrafts, type UnsentTask } from './task-drafts.ts'

/** How much the clocks of the server and of this machine may differ, in milliseconds. */
const CLOCK_DIFFERENCE = 120_000

let count = 0

/** Adds tasks, and keeps those that could not be saved until they are sent again or given up. */
export function useUnsentTasks(userId: string, known: Task[]) {
  const [unsent, setUnsent] = useState<UnsentTask[]>([])
  const { mutate } = useAddTask({
    onSaved: ({ key }) => forget(userId, key),
    onFailed: ({ key, text }, error) => {
      const task = { key, ...text, reason: describeFailure(error), sentAt: Date.now() }
      remember(userId, task)
      setUnsent((current) => [task, ...current])
    },
  })

  useEffect(() => setUnsent(readDrafts(userId).unsent), [userId])

  function add(text: TaskText): void {
    count += 1
    const key = `${Date.now()}-${count}`
    remember(userId, { key, ...text, reason: null, sentAt: Date.now() })
    mutate({ kind: 'add', key, text })
  }

  function discard(task: UnsentTask): void {
    forget(userId, task.key)
    setUnsent((current) => current.filter(({ key }) => key !== task.key))
  }

  function retry(task: UnsentTask): void {
    discard(task)
    add({ title: task.title, description: task.description })
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
