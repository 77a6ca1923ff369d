import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Admission, createAdmission } from './create-admission.ts'

/** Lets some enter at once, and counts after each turn how many have begun. Nobody leaves. */
async function countBegun(admission: Admission, count: number, turns: number): Promise<number[]> {
  const begun: number[] = []
  for (let name = 0; name < count; name += 1) {
    void Promise.resolve(admission.enter()).then(() => begun.push(name))
  }
  const counts: number[] = []
  for (let turn = 0; turn < turns; turn += 1) {
    await nextTurn()
    counts.push(begun.length)
  }
  expect(begun).toEqual(begun.toSorted((one, other) => one - other))
  return counts
}

describe('admission of requests', () => {
  it('lets whoever comes alone begin at once', async () => {
    const admission = createAdmission()
    for (let count = 0; count < 3; count += 1) {
      expect(admission.enter()).toBe(true)
      admission.leave()
      await nextTurn()
    }
  })

  it('lets no more begin in a turn of the event loop than it should, in the order in which they came', async () => {
    const counts = await countBegun(createAdmission({ begunInTurn: 3 }), 20, 12)
    const steps = counts.map((count, turn) => count - (counts[turn - 1] ?? 0))
    for (const step of steps.slice(1)) expect(step).toBeLessThanOrEqual(3)
    expect(counts[0]).toBeLessThan(20)
    expect(counts.at(-1)).toBe(20)
  })

  it('lets nobody past those who wait', async () => {
    const admission = createAdmission({ begunInTurn: 1 })
    const begun: string[] = []
    const enter = async (name: string) => {
      await admission.enter()
      begun.push(name)
    }
    const early = ['a', 'b', 'c'].map(enter)
    await nextTurn()
    await Promise.all([...early, enter('d')])
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
  })

  it('holds requests for a few turns in which somebody connected, and not for good', async () => {
    const admission = createAdmission({ begunInTurn: 3 })
    const begun: number[] = []
    for (let name = 0; name < 20; name += 1) {
      void Promise.resolve(admission.enter()).then(() => begun.push(name))
    }
    for (let turn = 0; turn < 3; turn += 1) {
      admission.onConnection()
      await nextTurn()
    }
    expect(begun).toHaveLength(3)
    for (let turn = 0; turn < 8; turn += 1) {
      admission.onConnection()
      await nextTurn()
    }
    expect(begun.length).toBeGreaterThan(3)
    expect(begun.length).toBeLessThan(8)
  })

  it('refuses whoever is too much, and knows who has left', async () => {
    const admission = createAdmission({ atOnce: 2, begunInTurn: 1, refusedInTurn: 1 })
    const entered = await Promise.all([1, 2, 3, 4].map(() => admission.enter()))
    expect(entered).toEqual([true, true, false, false])
    admission.leave()
    expect(await admission.enter()).toBe(true)
    expect(await admission.enter()).toBe(false)
  })
})
