import type { ScenarioName } from '../scenarios.ts'

/** What Tend aims at beside Fastify: at most this share of its CPU time, at least this many times its requests a second. */
export const goals: Record<ScenarioName, { serverCpu: number; requestsPerSecond: number }> = {
  list: { serverCpu: 0.7, requestsPerSecond: 1.6 },
  read: { serverCpu: 0.6, requestsPerSecond: 2.5 },
  create: { serverCpu: 0.75, requestsPerSecond: 1.5 },
  toggle: { serverCpu: 0.75, requestsPerSecond: 1.5 },
  mix: { serverCpu: 0.65, requestsPerSecond: 1.8 },
}
