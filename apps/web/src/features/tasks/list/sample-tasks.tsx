import type { Task } from '@tend/contracts'
import { TickBox } from '../../../components/ui/tick-box.tsx'
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

/** Where the list and its count are in the page. */
export const sampleIds = { list: 'sample-tasks', count: 'sample-count' }

/** How many tasks are left. The landing page holds the text of this function, so it may use nothing from outside itself. */
export function describeLeft(count: number): string {
  return count === 0 ? 'All tended' : `${count} left`
}

/**
 * The real list with a few tasks that live only in the page: the browser alone knows which of them are ticked.
 * `today` is the server's date, `YYYY-MM-DD`.
 */
export function SampleTasks({ today }: { today: string }) {
  return (
    <section aria-labelledby="sample-heading">
      <div className="flex items-baseline justify-between gap-4 pb-2 pl-(--text-edge)">
        <h2 id="sample-heading" className="font-medium text-view">
          This week
        </h2>
        <p
          id={sampleIds.count}
          role="status"
          className="text-ink-muted text-meta tabular-nums noscript:hidden"
        >
          {describeLeft(samples.filter((task) => !task.isCompleted).length)}
        </p>
      </div>
      <ul id={sampleIds.list}>
        {samples.map((sample) => (
          <SampleTask key={sample.id} sample={sample} today={today} />
        ))}
      </ul>
    </section>
  )
}

function SampleTask({ sample, today }: { sample: Sample; today: string }) {
  const dueDate = sample.due === null ? null : addDays(today, sample.due)
  const task = { ...sample, dueDate, description: null }
  const meta = { id: `${task.id}-meta`, task, today, hidesDate: false }
  return (
    <li>
      <TaskRow
        tick={<TickBox defaultChecked={task.isCompleted} aria-label={`Complete ${task.title}`} />}
        meta={hasMeta(meta) && <TaskMeta {...meta} />}
      >
        <TaskTitle task={task} followsTick />
      </TaskRow>
    </li>
  )
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}
