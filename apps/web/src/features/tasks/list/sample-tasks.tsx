'use client'

import type { Task } from '@tend/contracts'
import { useState } from 'react'
import { hasMeta, TaskMeta } from './task-meta.tsx'
import { TaskRow } from './task-row.tsx'
import { TaskTitle } from './task-title.tsx'

type Sample = Pick<Task, 'title' | 'isCompleted' | 'priority' | 'labels'> & {
  id: string
  /** Days from today. */
  due: number | null
}

const plain: Omit<Sample, 'id' | 'title'> = {
  isCompleted: false,
  priority: 'none',
  labels: [],
  due: null,
}

const samples: Sample[] = [
  { ...plain, id: 'tomatoes', title: 'Water the tomatoes before the sun gets to them', due: 0 },
  { ...plain, id: 'rent', title: 'Pay the rent', priority: 'high', due: 1, labels: ['home'] },
  { ...plain, id: 'letter', title: 'Write back to Ada', due: 3, labels: ['letters'] },
  { ...plain, id: 'books', title: 'Return the library books', isCompleted: true },
  { ...plain, id: 'knife', title: 'Have the good knife sharpened' },
]

/** The real list with a few tasks that live only on this page. `today` is the server's date, `YYYY-MM-DD`. */
export function SampleTasks({ today }: { today: string }) {
  const [tasks, setTasks] = useState(samples)
  const open = tasks.filter((task) => !task.isCompleted).length

  function setCompleted(id: string, isCompleted: boolean) {
    setTasks(tasks.map((task) => (task.id === id ? { ...task, isCompleted } : task)))
  }

  return (
    <section aria-labelledby="sample-heading">
      <div className="flex items-baseline justify-between gap-4 pb-2 pl-(--text-edge)">
        <h2 id="sample-heading" className="font-medium text-view">
          This week
        </h2>
        <p role="status" className="text-ink-muted text-meta tabular-nums">
          {open === 0 ? 'All tended' : `${open} left`}
        </p>
      </div>
      <ul>
        {tasks.map((sample) => {
          const dueDate = sample.due === null ? null : addDays(today, sample.due)
          const task = { ...sample, dueDate, description: null }
          const meta = { id: `${task.id}-meta`, task, today, hidesDate: false }
          return (
            <li key={task.id}>
              <TaskRow
                task={task}
                onTick={(isCompleted) => setCompleted(task.id, isCompleted)}
                meta={hasMeta(meta) && <TaskMeta {...meta} />}
              >
                <TaskTitle task={task} />
              </TaskRow>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}
