import type { ContestantName } from '../contestants.ts'
import type { RoundsOutcome } from '../run-rounds.ts'
import { type ScenarioName, scenarioNames } from '../scenarios.ts'
import { contestantTitles, scenarioTitles } from './render-report.ts'
import { medianFigures } from './summarize.ts'

const shown: ContestantName[] = ['tend', 'fastify', 'hono']
const width = 760
const labelWidth = 210
const plotWidth = width - labelWidth - 90
const barHeight = 16
const groupGap = 22
const top = 58

/**
 * Draws CPU time per request as bars, the server's part and PostgreSQL's part of each. Colours follow the reader's light or dark
 * setting.
 */
export function renderPlot({ measurements }: RoundsOutcome): string {
  const groups = scenarioNames.flatMap((scenario) => {
    const bars = shown.flatMap((contestant) => {
      const figures = medianFigures(measurements, scenario, contestant)
      return figures === undefined ? [] : [{ contestant, ...figures }]
    })
    return bars.length === 0 ? [] : [{ scenario, bars }]
  })
  const longest = Math.max(
    ...groups.flatMap(({ bars }) => bars.map((bar) => bar.serverCpu + bar.postgresCpu)),
  )
  let y = top
  const drawn = groups.map(({ scenario, bars }) => {
    const group = drawGroup(scenario, bars, { y, scale: plotWidth / longest })
    y += bars.length * barHeight + groupGap
    return group
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-labelledby="title">`,
    '<title id="title">CPU time per request in milliseconds: server and PostgreSQL</title>',
    style,
    `<text class="head" x="0" y="18">CPU time per request, in milliseconds (less is better)</text>`,
    drawLegend(),
    ...drawn,
    '</svg>',
    '',
  ].join('\n')
}

const style = `<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .head { font-weight: 600; font-size: 14px }
  .scenario { font-weight: 600 }
  .server { fill: #2f6f5e } .server.other { fill: #8aa39b }
  .postgresql { fill: #d9a441 } .postgresql.other { fill: #e6d3a8 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .server { fill: #5bb39b } .server.other { fill: #56706a }
    .postgresql { fill: #d9a441 } .postgresql.other { fill: #7d6a41 }
  }
</style>`

type Bar = { contestant: ContestantName; serverCpu: number; postgresCpu: number }

function drawGroup(
  scenario: ScenarioName,
  bars: readonly Bar[],
  { y, scale }: { y: number; scale: number },
): string {
  const label = `<text class="scenario" x="0" y="${y + 12}">${scenarioTitles[scenario]}</text>`
  const lines = bars.map(({ contestant, serverCpu, postgresCpu }, index) => {
    const place = y + index * barHeight
    const other = contestant === 'tend' ? '' : ' other'
    const server = serverCpu * scale
    const postgresql = postgresCpu * scale
    const end = labelWidth + server + postgresql
    return [
      `<text x="${labelWidth - 8}" y="${place + 12}" text-anchor="end">${contestantTitles[contestant]}</text>`,
      `<rect class="server${other}" x="${labelWidth}" y="${place + 2}" width="${server.toFixed(1)}" height="${barHeight - 4}"/>`,
      `<rect class="postgresql${other}" x="${(labelWidth + server).toFixed(1)}" y="${place + 2}" width="${postgresql.toFixed(1)}" height="${barHeight - 4}"/>`,
      `<text x="${(end + 6).toFixed(1)}" y="${place + 12}">${serverCpu.toFixed(3)} + ${postgresCpu.toFixed(3)}</text>`,
    ].join('\n')
  })
  return [label, ...lines].join('\n')
}

function drawLegend(): string {
  return [
    `<rect class="server" x="0" y="30" width="12" height="12"/><text x="18" y="40">server</text>`,
    `<rect class="postgresql" x="80" y="30" width="12" height="12"/><text x="98" y="40">PostgreSQL</text>`,
  ].join('\n')
}
