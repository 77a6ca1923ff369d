import type { ContestantName } from '../contestants.ts'
import type { Figures } from '../measure/measure-load.ts'
import { median } from '../measure/statistics.ts'
import type { Measurement } from '../run-rounds.ts'
import type { ScenarioName } from '../scenarios.ts'

/** The median of each figure over the rounds; undefined when it was not measured. */
export function medianFigures(
  measurements: readonly Measurement[],
  scenario: ScenarioName,
  contestant: ContestantName,
): Figures | undefined {
  const chosen = select(measurements, scenario, contestant)
  if (chosen.length === 0) return undefined
  const medianOf = (name: keyof Figures) => median(chosen.map(({ figures }) => figures[name]))
  return {
    requestsPerSecond: medianOf('requestsPerSecond'),
    p50: medianOf('p50'),
    p95: medianOf('p95'),
    p99: medianOf('p99'),
    serverCpu: medianOf('serverCpu'),
    postgresCpu: medianOf('postgresCpu'),
    loadCpu: medianOf('loadCpu'),
  }
}

/**
 * Tend's figure as a multiple of another's: the median of the ratios within each round, in which both ran under the same
 * circumstances. Undefined when one of them was not measured.
 */
export function medianRatio(
  measurements: readonly Measurement[],
  scenario: ScenarioName,
  other: ContestantName,
  name: keyof Figures,
): number | undefined {
  const others = select(measurements, scenario, other)
  const ratios = select(measurements, scenario, 'tend').flatMap(({ round, figures }) => {
    const same = others.find((measurement) => measurement.round === round)
    return same === undefined ? [] : [figures[name] / same.figures[name]]
  })
  return ratios.length === 0 ? undefined : median(ratios)
}

function select(
  measurements: readonly Measurement[],
  scenario: ScenarioName,
  contestant: ContestantName,
): Measurement[] {
  return measurements.filter((one) => one.scenario === scenario && one.contestant === contestant)
}
