import { type FollowedEvent, NetworkError } from '@tend/contracts/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { followTogether } from './follow-together.ts'

const deleted: FollowedEvent = { type: 'task.deleted', id: '01a201d0-30af-7409-8574-21bbdf429657' }

let stops: (() => void)[]

beforeEach(() => {
  stops = []
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }))
})

afterEach(() => {
  for (const stop of stops) stop()
  vi.unstubAllGlobals()
})

/** Opens a page of Ada; gives what it is told. */
function openPage(open: () => Promise<(signal: AbortSignal) => AsyncIterable<FollowedEvent>>) {
  const told: FollowedEvent[] = []
  const onEvent = (event: FollowedEvent) => void told.push(event)
  stops.push(followTogether({ userId: 'ada', open, onEvent, onSessionEnd: () => {} }))
  return told
}

async function* followOnce(signal: AbortSignal): AsyncGenerator<FollowedEvent> {
  yield deleted
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
}

it('a page that cannot follow yet keeps no other page from it, and is told what that one hears', async () => {
  const stalled = openPage(() => new Promise(() => {}))
  const failing = openPage(() => Promise.reject(new NetworkError('refused')))
  await expect.poll(() => failing).toEqual([{ type: 'stream.lost', retryIn: 5_000 }])
  const able = openPage(async () => followOnce)
  await expect.poll(() => able).toEqual([deleted])
  await expect.poll(() => stalled).toEqual([deleted])
  expect(failing.at(-1)).toEqual(deleted)
})
