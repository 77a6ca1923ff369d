import { expect, it } from 'vitest'
import type { ContestantName } from '../contestants.ts'
import type { Measurement } from '../run-rounds.ts'
import { medianFigures, medianRatio } from './summarize.ts'

function measured(round: number, contestant: ContestantName, serverCpu: number): Measurement {
  const others = { requestsPerSecond: 10, p50: 1, p95: 2, p99: 3, postgresCpu: 0.1, loadCpu: 0.02 }
  return { round, scenario: 'list', contestant, figures: { ...others, serverCpu } }
}

// The machine was busy in round 2: both took twice as long.
const measurements = [
  measured(1, 'tend', 0.2),
  measured(1, 'fastify', 0.4),
  measured(2, 'tend', 0.5),
  measured(2, 'fastify', 0.8),
  measured(3, 'tend', 0.1),
  measured(3, 'fastify', 0.4),
]

it('gives the median of each figure', () => {
  expect(medianFigures(measurements, 'list', 'tend')).toMatchObject({ serverCpu: 0.2, p99: 3 })
  expect(medianFigures(measurements, 'list', 'hono')).toBeUndefined()
})

it('compares within each round and not across them', () => {
  expect(medianRatio(measurements, 'list', 'fastify', 'serverCpu')).toBe(0.5)
  expect(medianRatio(measurements, 'read', 'fastify', 'serverCpu')).toBeUndefined()
  expect(medianRatio(measurements, 'list', 'hono', 'serverCpu')).toBeUndefined()
})
