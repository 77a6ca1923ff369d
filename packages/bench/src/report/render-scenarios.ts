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

/** Renders what a million tasks cost. */
export function renderScales(compared: readonly ScaleRatios[]): string {
  const rows = scenarioNames.map((scenario) => {
    const cells = compared.map(({ ratios }) => {
      const ratio = ratios[scenario]
      return ratio === undefined ? '' : `${ratio.toFixed(2)} (${verdict(ratio <= SCALE_GOAL)})`
    })
    return row([scenarioTitles[scenario], ...cells])
  })
  const titles = compared.map(
    ({ people, tasksEach }) => `${format(people)} people with ${tasksEach} tasks each`,
  )
  return [
    '### 1,000,000 tasks against 100,000 of 200 people',
    '',
    row([`CPU of server and PostgreSQL, goal ≤ ${SCALE_GOAL}`, ...titles]),
    row(['---', ...compared.map(() => '---')]),
    ...rows,
  ].join('\n')
}

function format(count: number): string {
  return count.toLocaleString('en')
}
