import type { ScaleRatios } from '../compare-scales.ts'
import type { SignInFigures } from '../measure-sign-in.ts'
import type { SteadyFigures } from '../measure-steady.ts'
import { scenarioNames } from '../scenarios.ts'
import { row, scenarioTitles, verdict } from './render-report.ts'

const STEADY_GOAL = 10
const SCALE_GOAL = 1.1
const ALONE_GOAL = 150
const TOGETHER_GOAL = 1_000

/** Renders the latencies under a steady load. */
export function renderSteady({ p50, p95, p99 }: SteadyFigures): string {
  return [
    '### 200 requests a second from 100 people, mixed',
    '',
    `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (< ${STEADY_GOAL} ms: ${verdict(p95 < STEADY_GOAL)}), p99 ${p99.toFixed(1)} ms.`,
  ].join('\n')
}

/** Renders how long signing in takes. */
export function renderSignIn({ alone, together }: SignInFigures): string {
  return [
    '### Signing in',
    '',
    `p95 ${alone.toFixed(0)} ms one at a time (< ${ALONE_GOAL} ms: ${verdict(alone < ALONE_GOAL)}), ${together.toFixed(0)} ms with 20 people at once (< ${TOGETHER_GOAL} ms: ${verdict(together < TOGETHER_GOAL)}).`,
  ].join('\n')
}

/** Renders what ten times the tasks cost. */
export function renderScales(ratios: ScaleRatios): string {
  const rows = scenarioNames.flatMap((scenario) => {
    const ratio = ratios[scenario]
    if (ratio === undefined) return []
    return [row([scenarioTitles[scenario], ratio.toFixed(2), verdict(ratio <= SCALE_GOAL)])]
  })
  return [
    '### 1,000,000 tasks against 100,000',
    '',
    row(['CPU of server and PostgreSQL', 'times', `goal ≤ ${SCALE_GOAL}`]),
    row(['---', '---:', '---']),
    ...rows,
  ].join('\n')
}
