import { expect, it } from 'vitest'
import { describeLoss } from './describe-loss.ts'

const account = 'your name, email and password'

it.each([
  [
    { open: 3, completed: 9, overdue: 1, deleted: 1 },
    2,
    ['12 tasks, 3 of them open', '1 task in the trash', '2 sessions, this one among them', account],
  ],
  [
    { open: 1, completed: 0, overdue: 0, deleted: 0 },
    1,
    ['1 open task', 'your session here', account],
  ],
  [{ open: 0, completed: 0, overdue: 0, deleted: 0 }, 1, ['your session here', account]],
  [undefined, undefined, ['all your tasks', 'your sessions on all devices', account]],
])('of %j and %s sessions', (counts, sessions, lines) => {
  expect(describeLoss(counts, sessions)).toEqual(lines)
})
