import { type BenchDatabase, startBenchDatabase } from './bench-database.ts'
import { median } from './measure/statistics.ts'
import { type Measurement, type RoundsOptions, runRounds } from './run-rounds.ts'
import type { ScenarioName } from './scenarios.ts'

/** How many people, and how many tasks each of them has. */
export type Scale = { people: number; tasksEach: number }

/** The cost of a request at a scale as a multiple of that with 100,000 tasks: server and PostgreSQL together. */
export type ScaleRatios = Scale & { ratios: Partial<Record<ScenarioName, number>> }

/** A million tasks, of as many people as in the other database ten times over, and of the 10,000 that Tend promises room for. */
export const scales: readonly Scale[] = [
  { people: 2_000, tasksEach: 500 },
  { people: 10_000, tasksEach: 100 },
]

/** Compares a database of that scale with the 200 people of 500 tasks each of one that is there. */
export async function compareScales(
  small: BenchDatabase,
  scale: Scale,
  { rounds, seconds, connections, scenarios }: RoundsOptions,
): Promise<ScaleRatios> {
  const large = await startBenchDatabase(scale)
  try {
    const options = { seconds, connections, scenarios, contestants: ['tend'], rounds: 1 } as const
    const ratios = new Map<ScenarioName, number[]>()
    for (let round = 0; round < rounds; round += 1) {
      const before = await runRounds(small, options, () => {})
      const after = await runRounds(large, options, () => {})
      for (const one of after.measurements) {
        const same = before.measurements.find(({ scenario }) => scenario === one.scenario)
        if (same === undefined) continue
        const known = ratios.get(one.scenario) ?? []
        ratios.set(one.scenario, [...known, costOf(one) / costOf(same)])
      }
    }
    const medians = [...ratios].map(([name, values]) => [name, median(values)])
    return { ...scale, ratios: Object.fromEntries(medians) }
  } finally {
    await large.stop()
  }
}

function costOf({ figures }: Measurement): number {
  return figures.serverCpu + figures.postgresCpu
}
