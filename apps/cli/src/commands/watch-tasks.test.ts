import { expect, it } from 'vitest'
import { createConnectionNotes } from './watch-tasks.ts'

const opened = { type: 'stream.open', isResumed: false } as const
const resumed = { type: 'stream.open', isResumed: true } as const
const lost = { type: 'stream.lost', retryIn: 1_200 } as const

it('says how the connection fares, and whether a change may have been missed', () => {
  const describe = createConnectionNotes('http://api.test')
  expect([lost, opened, resumed, lost, lost, resumed, lost, opened].map(describe)).toEqual([
    'Connection lost; trying again in 2 s.',
    'Watching http://api.test; Ctrl-C stops.',
    // The server ended the connection in order.
    null,
    'Connection lost; trying again in 2 s.',
    'Connection lost; trying again in 2 s.',
    'Connected again; no change was missed.',
    'Connection lost; trying again in 2 s.',
    'Connected again; changes may have been missed meanwhile.',
  ])
})
