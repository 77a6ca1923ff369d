import { expect, it } from 'vitest'
import type { ContestantName } from '../contestants.ts'
import type { Measurement } from '../run-rounds.ts'
import { renderPlot } from './render-plot.ts'

function measured(contestant: ContestantName, serverCpu: number): Measurement {
  const others = { requestsPerSecond: 10, p50: 1, p95: 2, p99: 3, postgresCpu: 0.1, loadCpu: 0.02 }
  return { round: 1, scenario: 'list', contestant, figures: { ...others, serverCpu } }
}

it('draws one bar of two parts for each server, in one scale', () => {
  const svg = renderPlot({
    measurements: [measured('tend', 0.1), measured('fastify', 0.3), measured('node', 0.01)],
    peakMemory: {},
  })
  const widths = [...svg.matchAll(/<rect class="server(?: other)?" x="210"[^>]*width="([\d.]+)"/g)]
  expect(widths.map(([, width]) => Number(width))).toEqual([115, 345])
  expect(svg).toContain('0.100 + 0.100')
  expect(svg).not.toContain('node:http')
})
