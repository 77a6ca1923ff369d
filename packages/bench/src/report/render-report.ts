import { type ContestantName, contestantNames } from '../contestants.ts'
import type { RoundsOutcome } from '../run-rounds.ts'
import { type ScenarioName, scenarioNames } from '../scenarios.ts'
import { goals } from './goals.ts'
import { medianFigures, medianRatio } from './summarize.ts'

/** Names for readers. */
export const contestantTitles: Record<ContestantName, string> = {
  tend: 'Tend',
  fastify: 'Fastify',
  hono: 'Plain Hono',
  node: 'Limit: bare node:http',
  postgresql: 'Limit: bare PostgreSQL',
}

export const scenarioTitles: Record<ScenarioName, string> = {
  list: 'List of 50',
  read: 'Read one',
  create: 'Create',
  toggle: 'Toggle',
  mix: 'Mix, 80 % reads',
}

/** Renders what the rounds came to as Markdown tables: the goals first, then every figure. */
export function renderRounds(outcome: RoundsOutcome): string {
  return [
    ...renderGoals(outcome),
    ...scenarioNames.flatMap((scenario) => renderScenario(outcome, scenario)),
    ...renderMemory(outcome),
  ].join('\n')
}

function renderGoals({ measurements }: RoundsOutcome): string[] {
  const rows = scenarioNames.flatMap((scenario) => {
    const ratio = (other: ContestantName, name: 'serverCpu' | 'requestsPerSecond') =>
      medianRatio(measurements, scenario, other, name)
    const cpu = ratio('fastify', 'serverCpu')
    const rate = ratio('fastify', 'requestsPerSecond')
    if (cpu === undefined || rate === undefined) return []
    const goal = goals[scenario]
    return [
      row([
        scenarioTitles[scenario],
        `${cpu.toFixed(2)} (≤ ${goal.serverCpu.toFixed(2)}: ${verdict(cpu <= goal.serverCpu)})`,
        `${rate.toFixed(2)} (≥ ${goal.requestsPerSecond.toFixed(1)}: ${verdict(rate >= goal.requestsPerSecond)})`,
        ratio('hono', 'serverCpu')?.toFixed(2) ?? '',
        ratio('hono', 'requestsPerSecond')?.toFixed(2) ?? '',
      ]),
    ]
  })
  if (rows.length === 0) return []
  return [
    row([
      'Tend against',
      'Fastify: server CPU (goal)',
      'Fastify: requests a second (goal)',
      'Hono: server CPU',
      'Hono: requests a second',
    ]),
    row(['---', '---', '---', '---', '---']),
    ...rows,
    '',
  ]
}

/** A goal in words. */
export function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'not met'
}

function renderScenario({ measurements }: RoundsOutcome, scenario: ScenarioName): string[] {
  const rows = contestantNames.flatMap((contestant) => {
    const figures = medianFigures(measurements, scenario, contestant)
    if (figures === undefined) return []
    const { requestsPerSecond, p50, p95, p99, serverCpu, postgresCpu, loadCpu } = figures
    return [
      row([
        contestantTitles[contestant],
        requestsPerSecond.toFixed(0),
        ...[p50, p95, p99].map((latency) => latency.toFixed(1)),
        ...[serverCpu, postgresCpu, loadCpu].map((cpu) => cpu.toFixed(3)),
      ]),
    ]
  })
  if (rows.length === 0) return []
  return [
    `### ${scenarioTitles[scenario]}`,
    '',
    row([
      '',
      'requests/s',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'server CPU ms',
      'PostgreSQL CPU ms',
      'load generator CPU ms',
    ]),
    row(['---', ...Array.from({ length: 7 }, () => '---:')]),
    ...rows,
    '',
  ]
}

function renderMemory({ peakMemory }: RoundsOutcome): string[] {
  const peaks = contestantNames.flatMap((contestant) => {
    const peak = peakMemory[contestant]
    return peak === undefined ? [] : [`${contestantTitles[contestant]} ${peak.toFixed(0)}`]
  })
  return [`Most memory held while all of this ran, in MiB: ${peaks.join(', ')}.`]
}

/** One line of a Markdown table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

const begin = '<!-- figures: written by pnpm bench -->'
const end = '<!-- end of figures -->'

/** Puts new figures in place of the old ones and leaves what people wrote around them. */
export function replaceFigures(document: string, figures: string): string {
  const [before, rest] = document.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) {
    throw new Error(`The document has no place for the figures, between ${begin} and ${end}.`)
  }
  return `${before}${begin}\n\n${figures}\n\n${end}${after}`
}
