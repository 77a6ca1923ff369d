import type { BenchDatabase } from './bench-database.ts'
import type { ContestantName } from './contestants.ts'
import { type Figures, measureLoad } from './measure/measure-load.ts'
import { forgetPeakMemory, readPeakMemory } from './measure/process-usage.ts'
import { type Contest, openContest } from './open-contest.ts'
import type { ScenarioName } from './scenarios.ts'

/** The figures of one contestant in one scenario of one round. */
export type Measurement = {
  round: number
  scenario: ScenarioName
  contestant: ContestantName
  figures: Figures
}

/** What a run measures; times are in seconds. */
export type RoundsOptions = {
  rounds: number
  seconds: number
  connections: number
  scenarios: readonly ScenarioName[]
  contestants: readonly ContestantName[]
  /** Where Tend's CPU profile goes. */
  profileDir?: string | undefined
}

/** What the rounds came to; the most memory each server held, in MiB. */
export type RoundsOutcome = {
  measurements: Measurement[]
  peakMemory: Partial<Record<ContestantName, number>>
}

/** In seconds: before the first round, in which code is compiled, and before each measurement, in which caches fill. */
const FIRST_WARM_UP = 3
const WARM_UP = 0.5

/**
 * Measures everybody in everything, round by round, in an order that changes: what else the machine does meanwhile falls on all
 * of them. Throws when a server answers otherwise than Tend, or when a request fails.
 */
export async function runRounds(
  database: BenchDatabase,
  options: RoundsOptions,
  onMeasured: (measurement: Measurement) => void,
): Promise<RoundsOutcome> {
  const contest = await openContest(database, options)
  try {
    const measurements: Measurement[] = []
    for (const turn of planMeasurements({ ...options, rounds: 1 })) {
      await load(contest, turn, FIRST_WARM_UP)
    }
    await database.restore()
    for (const { pid } of contest.servers.values()) forgetPeakMemory(pid)
    for (const { round, scenario, contestant } of planMeasurements(options)) {
      const figures = await measure(contest, { round, scenario, contestant }, options)
      const measurement = { round, scenario, contestant, figures }
      measurements.push(measurement)
      onMeasured(measurement)
      if (measurements.length % (options.scenarios.length * options.contestants.length) === 0) {
        await database.restore()
      }
    }
    const peaks = [...contest.servers].map(([name, { pid }]) => [name, readPeakMemory(pid)])
    return { measurements, peakMemory: Object.fromEntries(peaks) }
  } finally {
    await contest.close()
  }
}

type Turn = Omit<Measurement, 'figures'>

function planMeasurements({ rounds, scenarios, contestants }: RoundsOptions): Turn[] {
  return Array.from({ length: rounds }, (_, index) => {
    const shift = index % contestants.length
    const order = [...contestants.slice(shift), ...contestants.slice(0, shift)]
    return scenarios.flatMap((scenario) =>
      order.map((contestant) => ({ round: index + 1, scenario, contestant })),
    )
  }).flat()
}

async function measure(contest: Contest, turn: Turn, { seconds }: RoundsOptions): Promise<Figures> {
  await load(contest, turn, WARM_UP)
  return measureLoad(() => load(contest, turn, seconds), {
    serverPid: contest.servers.get(turn.contestant)?.pid,
    postmasterPid: contest.postmasterPid,
  })
}

function load(contest: Contest, { round, scenario, contestant }: Turn, seconds: number) {
  return contest.run(contestant, scenario, { duration: seconds * 1000, seed: round })
}
