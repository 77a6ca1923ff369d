import type { BenchPerson } from './bench-database.ts'
import { formatRequest } from './load/http-connection.ts'
import type { StatementCall } from './load/statements-process.ts'

/** What is measured: one kind of request, or a mix with four reads to each write. */
export const scenarioNames = ['list', 'read', 'create', 'toggle', 'mix'] as const

export type ScenarioName = (typeof scenarioNames)[number]

type Kind = StatementCall['kind']

/** Kinds of request by how often they come, of a hundred. */
const shares: Record<ScenarioName, [Kind, number][]> = {
  list: [['list', 100]],
  read: [['read', 100]],
  create: [['create', 100]],
  toggle: [['toggle', 100]],
  mix: [
    ['list', 40],
    ['read', 40],
    ['create', 10],
    ['toggle', 10],
  ],
}

/** This many people send the requests of a scenario. */
const ACTIVE_PEOPLE = 100

/**
 * Plans the requests of a scenario. The same seed gives the same requests, so that all servers are asked the same. Those who
 * write are other people than those whose lists are read alone.
 */
export function planCalls(
  scenario: ScenarioName,
  people: readonly BenchPerson[],
  { count, seed }: { count: number; seed: number },
): StatementCall[] {
  const random = createRandom(seed)
  const isReading = scenario === 'list' || scenario === 'read'
  const active = isReading
    ? people.slice(0, ACTIVE_PEOPLE)
    : people.slice(ACTIVE_PEOPLE, 2 * ACTIVE_PEOPLE)
  return Array.from({ length: count }, (_, index) => {
    const { id: userId, taskIds } = pick(active, random)
    const kind = pickKind(shares[scenario], random)
    if (kind === 'list') return { kind, userId }
    if (kind === 'create') return { kind, userId, title: `Try the new kettle (${index})` }
    return { kind, userId, id: pick(taskIds, random) }
  })
}

/** Writes a call as the HTTP request that every server under comparison takes. */
export function formatCall(call: StatementCall, token: string): Buffer {
  switch (call.kind) {
    case 'list':
      return formatRequest({ method: 'GET', path: '/api/tasks', token })
    case 'read':
      return formatRequest({ method: 'GET', path: `/api/tasks/${call.id}`, token })
    case 'create':
      return formatRequest({
        method: 'POST',
        path: '/api/tasks',
        token,
        body: { title: call.title, priority: 'low' },
      })
    case 'toggle':
      return formatRequest({ method: 'POST', path: `/api/tasks/${call.id}/toggle`, token })
  }
}

function pickKind(kinds: [Kind, number][], random: () => number): Kind {
  let rest = random() * 100
  for (const [kind, share] of kinds) {
    rest -= share
    if (rest < 0) return kind
  }
  return 'list'
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new RangeError('There is nothing to pick from.')
  return value
}

/** Numbers from 0 to 1 that a seed determines: a linear congruential generator is random enough for picking. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
