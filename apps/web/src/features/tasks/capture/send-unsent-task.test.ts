import { type CreateTask, createProblem, type ProblemCode, type Task } from '@tend/contracts'
import { NetworkError, ProblemError, SessionEndedError } from '@tend/contracts/client'
import { expect, it } from 'vitest'
import type { UnsentTask } from '../drafts/task-drafts.ts'
import { describeSendingFailure, type Sending, sendUnsentTask } from './send-unsent-task.ts'

const HOUR = 60 * 60 * 1000

function taskOf(body: CreateTask, id: string): Task {
  const time = '2026-11-21T09:30:00.000Z'
  const plain = { description: null, isCompleted: false, dueDate: null, priority: 'none' as const }
  return { id, ...plain, labels: [], createdAt: time, updatedAt: time, ...withoutUndefined(body) }
}

function withoutUndefined({ title }: CreateTask) {
  return { title }
}

/** A server that keeps keys for a day, and a browser that keeps drafts. */
function createWorld() {
  const made = new Map<string, { task: Task; at: number }>()
  const tasks: Task[] = []
  const kept: UnsentTask[] = []
  let clock = 0
  let keys = 0
  let fault: 'none' | 'before' | 'after' | Error = 'none'
  const world: Sending = {
    async create(body, key) {
      if (fault === 'before') throw new NetworkError('refused')
      if (fault instanceof Error) throw fault
      const known = made.get(key)
      const isKnown = known !== undefined && clock - known.at < 24 * HOUR
      const task = isKnown ? known.task : taskOf(body, `task-${tasks.length}`)
      if (!isKnown) {
        tasks.push(task)
        made.set(key, { task, at: clock })
      }
      if (fault === 'after') throw new NetworkError('the answer was lost')
      return task
    },
    hasTitle: async (title) => tasks.some((task) => task.title === title),
    read: async ({ text }) => ({ title: text.toUpperCase() }),
    keep: (unsent) => kept.push(unsent),
    createKey: () => `key-${++keys}`,
    now: () => clock,
  }
  return {
    world,
    tasks,
    kept,
    setFault: (next: typeof fault) => (fault = next),
    wait: (milliseconds: number) => (clock += milliseconds),
  }
}

const unsent: UnsentTask = {
  body: { title: 'Pay rent' },
  unread: null,
  writtenAt: 0,
  sent: null,
  failure: null,
}

it('makes one task however often its answer is lost', async () => {
  const { world, tasks, kept, setFault, wait } = createWorld()
  setFault('after')
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect(await sendUnsentTask(kept.at(-1) ?? unsent, world)).toMatchObject({
      kind: 'failed',
      mayPass: true,
    })
    wait(4 * HOUR)
  }
  setFault('none')
  expect(await sendUnsentTask(kept.at(-1) ?? unsent, world)).toMatchObject({ kind: 'saved' })
  expect(tasks).toHaveLength(1)
})

it('keeps the key before the request leaves', async () => {
  const { world, kept } = createWorld()
  let keptBefore: UnsentTask | undefined
  const create: Sending['create'] = (body, key) => {
    keptBefore = kept.at(-1)
    return world.create(body, key)
  }
  await sendUnsentTask(unsent, { ...world, create })
  expect(keptBefore?.sent).toEqual({ key: 'key-1', at: 0 })
})

it('asks the person when the key is too old to tell and the words are there', async () => {
  const { world, tasks, kept, setFault, wait } = createWorld()
  setFault('after')
  await sendUnsentTask(unsent, world)
  setFault('none')
  wait(23 * HOUR + 1)
  const outcome = await sendUnsentTask(kept.at(-1) ?? unsent, world)
  expect(outcome).toEqual({ kind: 'perhaps there' })
  expect(tasks).toHaveLength(1)
})

it('takes another key when the old one is too old and nothing is there', async () => {
  const { world, tasks, kept, setFault, wait } = createWorld()
  setFault('before')
  await sendUnsentTask(unsent, world)
  setFault('none')
  wait(48 * HOUR)
  expect(await sendUnsentTask(kept.at(-1) ?? unsent, world)).toMatchObject({ kind: 'saved' })
  expect(kept.at(-1)?.sent).toEqual({ key: 'key-2', at: 48 * HOUR })
  expect(tasks).toHaveLength(1)
})

it('reads words that were typed before they could be read, once', async () => {
  const { world, tasks, kept, setFault } = createWorld()
  setFault('before')
  const unread = { text: 'pay rent', today: '2026-11-21', ignore: [], dueDate: null, label: null }
  await sendUnsentTask({ ...unsent, unread }, world)
  setFault('none')
  expect(kept.at(-1)).toMatchObject({ unread: null, body: { title: 'PAY RENT' } })
  await sendUnsentTask(kept.at(-1) ?? unsent, world)
  expect(tasks.map(({ title }) => title)).toEqual(['PAY RENT'])
})

it.each<[ProblemCode, boolean]>([
  ['UNAVAILABLE', true],
  ['INTERNAL_ERROR', true],
  ['RATE_LIMITED', true],
  ['REPLAY_IN_FLIGHT', true],
  ['VALIDATION_FAILED', false],
  ['BODY_TOO_LARGE', false],
])('%s may pass: %s', async (code, mayPass) => {
  const { world, setFault } = createWorld()
  const problem = createProblem(code, { requestId: 'request-7' })
  setFault(new ProblemError(problem, new Headers({ 'retry-after': '7' })))
  const outcome = await sendUnsentTask(unsent, world)
  expect(outcome).toMatchObject({ kind: 'failed', mayPass, retryAfter: 7 })
})

it('sends again after signing in when the session has ended, and says what is wrong', async () => {
  const { world, setFault } = createWorld()
  setFault(new SessionEndedError('over'))
  const outcome = await sendUnsentTask(unsent, world)
  if (outcome.kind === 'saved') throw new Error('It must not be saved.')
  expect(describeSendingFailure(outcome)).toEqual({
    reason: 'You have been signed out. Sign in again.',
    mayPass: true,
    isThere: false,
  })
})
