'use client'

import { useEffect, useState } from 'react'
import { describeFailure } from '../../api/describe-failure.ts'
import type { TaskText } from './task-changes.ts'
import { keepDrafts, readDrafts, type UnsentTask } from './task-drafts.ts'
import { useAddTask } from './use-task-changes.ts'

let count = 0

/** Adds tasks, and keeps those that could not be saved until they are sent again or given up. */
export function useUnsentTasks(userId: string) {
  const [unsent, setUnsent] = useState<UnsentTask[]>([])
  const { mutate } = useAddTask({
    onSaved: ({ key }) => forget(userId, key),
    onFailed: ({ key, text }, error) => {
      const task = { key, ...text, reason: describeFailure(error) }
      remember(userId, task)
      setUnsent((current) => [task, ...current])
    },
  })

  useEffect(() => setUnsent(readDrafts(userId).unsent), [userId])

  function add(text: TaskText): void {
    count += 1
    const key = `${Date.now()}-${count}`
    const reason = 'The page went away while it was being sent; it may be in the list already.'
    remember(userId, { key, ...text, reason })
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

  return { unsent, add, retry, discard }
}

function remember(userId: string, task: UnsentTask): void {
  const others = readDrafts(userId).unsent.filter(({ key }) => key !== task.key)
  keepDrafts(userId, { unsent: [task, ...others] })
}

function forget(userId: string, taskKey: string): void {
  keepDrafts(userId, { unsent: readDrafts(userId).unsent.filter(({ key }) => key !== taskKey) })
}
