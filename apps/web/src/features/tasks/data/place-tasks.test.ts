import type { Task } from '@tend/contracts'
import { expect, it } from 'vitest'
import { placeTasks } from './place-tasks.ts'
import type { TaskPages } from './task-queries.ts'
import type { TaskQuery } from './task-query.ts'
import { laterVersion, makeTask } from './test-task.ts'

const byDate: TaskQuery = { status: 'open', sort: 'due' }
const due = (day: number) => makeTask({ dueDate: `2026-11-${String(day).padStart(2, '0')}` })

function pagesOf(...pages: Task[][]): TaskPages {
  return {
    pages: pages.map((items, index) => ({
      items,
      nextCursor: index === pages.length - 1 ? null : `page-${index + 1}`,
    })),
    pageParams: pages.map((_, index) => (index === 0 ? null : `page-${index}`)),
  }
}

const itemsOf = ({ pages }: TaskPages) => pages.map(({ items }) => items)

it('several tasks come each to its place, on the page on which that is', () => {
  const [one, three, five, seven] = [due(1), due(3), due(5), due(7)]
  const [two, six, nine, eight] = [due(2), due(6), due(9), due(8)]
  const placed = placeTasks(byDate, pagesOf([one, three], [five, seven]), [nine, six, two, eight])
  expect(itemsOf(placed)).toEqual([
    [one, two, three],
    [five, six, seven, eight, nine],
  ])
})

it('a task that moves leaves its old place, and a page it does not touch stays the same', () => {
  const [one, three, five, seven] = [due(1), due(3), due(5), due(7)]
  const pages = pagesOf([one, three], [five, seven])
  const moved = laterVersion(five, { dueDate: '2026-11-08' })
  const placed = placeTasks(byDate, pages, [moved])
  expect(itemsOf(placed)).toEqual([
    [one, three],
    [seven, moved],
  ])
  expect(placed.pages[0]).toBe(pages.pages[0])
})

it('thousands of tasks come into a list of thousands without comparing each with each', () => {
  let looks = 0
  const watched = (task: Task): Task => ({
    ...task,
    get dueDate() {
      looks += 1
      return task.dueDate
    },
  })
  const listed = Array.from({ length: 2000 }, (_, index) => watched(due(1 + (index % 28))))
  const sorted = listed.toSorted((one, other) =>
    (one.dueDate ?? '').localeCompare(other.dueDate ?? ''),
  )
  looks = 0
  placeTasks(
    byDate,
    pagesOf(sorted),
    sorted.map((task) => watched(laterVersion(task, {}))),
  )
  expect(looks).toBeLessThan(100_000)
})
