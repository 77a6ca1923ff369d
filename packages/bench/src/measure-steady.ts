import type { BenchDatabase } from './bench-database.ts'
import { percentile } from './measure/statistics.ts'
import { openContest } from './open-contest.ts'

/** The latencies of a steady load, in milliseconds. */
export type SteadyFigures = { p50: number; p95: number; p99: number }

const RATE = 200
const SECONDS = 10
const WARM_UP = 5

/** Measures Tend under 200 requests a second of 100 people: what a person feels on a server that is not full. */
export async function measureSteady(database: BenchDatabase): Promise<SteadyFigures> {
  const contest = await openContest(database, { contestants: ['tend'], connections: 100 })
  try {
    const load = (seconds: number, rate?: number) =>
      contest.run('tend', 'mix', { duration: seconds * 1000, seed: 1, rate })
    // The code is compiled under more load than that.
    await load(WARM_UP)
    const { latencies } = await load(SECONDS, RATE)
    const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map((share) =>
      percentile(latencies, share),
    )
    return { p50, p95, p99 }
  } finally {
    await contest.close()
  }
}
