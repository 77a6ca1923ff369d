'use client'

import { useState } from 'react'
import { TaskRow } from './task-row.tsx'
import { TaskTitle } from './task-title.tsx'

const samples = [
  { id: 'tomatoes', title: 'Water the tomatoes before the sun gets to them', isCompleted: false },
  { id: 'letter', title: 'Write back to Ada', isCompleted: false },
  { id: 'books', title: 'Return the library books', isCompleted: true },
  { id: 'knife', title: 'Have the good knife sharpened', isCompleted: false },
]

/** The real list with a few tasks that live only on this page. */
export function SampleTasks() {
  const [tasks, setTasks] = useState(samples)
  const open = tasks.filter((task) => !task.isCompleted).length

  function setCompleted(id: string, isCompleted: boolean) {
    setTasks(tasks.map((task) => (task.id === id ? { ...task, isCompleted } : task)))
  }

  return (
    <section aria-labelledby="sample-heading">
      <div className="flex items-baseline justify-between gap-4 pb-2 pl-(--text-edge)">
        <h2 id="sample-heading" className="font-medium text-view">
          Today
        </h2>
        <p role="status" className="text-ink-muted text-meta tabular-nums">
          {open === 0 ? 'All tended' : `${open} left`}
        </p>
      </div>
      <ul>
        {tasks.map((task) => (
          <li key={task.id}>
            <TaskRow task={task} onTick={(isCompleted) => setCompleted(task.id, isCompleted)}>
              <TaskTitle task={{ ...task, description: null }} />
            </TaskRow>
          </li>
        ))}
      </ul>
    </section>
  )
}
