import { type BenchDatabase, startBenchDatabase } from './bench-database.ts'
import { median } from './measure/statistics.ts'
import { type Measurement, type RoundsOptions, runRounds } from './run-rounds.ts'
import type { ScenarioName } from './scenarios.ts'

/** The cost of a request with ten times the people and tasks, as a multiple: server and PostgreSQL together. */
export type ScaleRatios = Partial<Record<ScenarioName, number>>

/** Compares 2,000 people with 500 tasks each with the 200 of a database that is there: 1,000,000 tasks with 100,000. */
export async function compareScales(
  small: BenchDatabase,
  { rounds, seconds, connections, scenarios }: RoundsOptions,
): Promise<ScaleRatios> {
  const large = await startBenchDatabase({ people: 2_000, tasksEach: 500 })
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
    return Object.fromEntries([...ratios].map(([name, values]) => [name, median(values)]))
  } finally {
    await large.stop()
  }
}

function costOf({ figures }: Measurement): number {
  return figures.serverCpu + figures.postgresCpu
}
