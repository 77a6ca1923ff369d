import { describe, expect, it } from 'vitest'
import type { ContestantName } from '../contestants.ts'
import type { Measurement } from '../run-rounds.ts'
import { renderRounds, replaceFigures } from './render-report.ts'

function measured(contestant: ContestantName, serverCpu: number, rate: number): Measurement {
  const others = { p50: 1, p95: 2, p99: 3, postgresCpu: 0.1, loadCpu: 0.02 }
  const figures = { ...others, serverCpu, requestsPerSecond: rate }
  return { round: 1, scenario: 'read', contestant, figures }
}

describe('the report', () => {
  it('says of each goal whether it is met', () => {
    const text = renderRounds({
      measurements: [measured('tend', 0.05, 3_000), measured('fastify', 0.1, 2_000)],
      peakMemory: { tend: 101.2 },
    })
    expect(text).toContain('| Read one | 0.50 (≤ 0.60: met) | 1.50 (≥ 2.5: not met) |')
    expect(text).toContain('| Tend | 3000 | 1.0 | 2.0 | 3.0 | 0.050 | 0.100 | 0.020 |')
    expect(text).toContain('Tend 101.')
    expect(text).not.toContain('List of 50')
  })

  it('leaves what people wrote around the figures', () => {
    const document =
      'Above.\n<!-- figures: written by pnpm bench -->\nold\n<!-- end of figures -->\nBelow.\n'
    const replaced = replaceFigures(document, 'new')
    expect(replaced).toContain('Above.')
    expect(replaced).toContain('\nnew\n')
    expect(replaced).toContain('Below.')
    expect(replaced).not.toContain('old')
    expect(replaceFigures(replaced, 'new')).toBe(replaced)
    expect(() => replaceFigures('Nothing here.', 'new')).toThrow('no place')
  })
})
