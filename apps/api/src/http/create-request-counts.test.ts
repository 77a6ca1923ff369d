import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createRequestCounts, type Exchange, type RequestCounts } from './create-request-counts.ts'

const window = 60_000

/** Counts as PostgreSQL would, for any number of processes, and can be told to fail or to take its time. */
function createSharedTable() {
  const totals = new Map<string, number>()
  const table = { calls: 0, delay: 1, isAway: false, exchange: exchange as Exchange }
  async function exchange(requests: Parameters<Exchange>[0]) {
    table.calls += 1
    await sleep(table.delay)
    if (table.isAway) throw new Error('away')
    return requests.map(({ userId, added, elapsed }) => {
      const total = (totals.get(userId) ?? 0) + added
      totals.set(userId, total)
      return { userId, total, timeLeft: window - elapsed }
    })
  }
  return table
}

/** Sends requests of one user, many at a time, and gives the number of those that were allowed. */
async function flood(processes: RequestCounts[], requests: number, atOnce = 50): Promise<number> {
  let left = requests
  let allowed = 0
  const client = async (_: unknown, index: number) => {
    while (left > 0) {
      left -= 1
      const usage = await processes[index % processes.length]?.take('ada')
      if (usage?.isAllowed) allowed += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, client))
  return allowed
}

describe('the counts of requests', () => {
  it.each([
    { processes: 1, limit: 600 },
    { processes: 2, limit: 600 },
    { processes: 4, limit: 600 },
    { processes: 2, limit: 10 },
    { processes: 2, limit: 1 },
  ])('agree within 10 % over $processes processes with a limit of $limit', async (given) => {
    const { exchange } = createSharedTable()
    const processes = Array.from({ length: given.processes }, () =>
      createRequestCounts({ limit: given.limit, window, exchange }),
    )
    const allowed = await flood(processes, given.limit * 3)
    expect(allowed).toBeGreaterThanOrEqual(given.limit)
    expect(allowed).toBeLessThanOrEqual(Math.max(given.limit * 1.1, given.limit + 1))
  })

  it('cost no exchange for whoever sends little, and few for whoever sends much', async () => {
    const table = createSharedTable()
    const counts = createRequestCounts({ limit: 600, window, exchange: table.exchange })
    for (let user = 0; user < 1_000; user += 1) {
      for (let count = 0; count < 5; count += 1) {
        expect(counts.take(`user ${user}`)).toMatchObject({
          isAllowed: true,
          remaining: 599 - count,
        })
      }
    }
    expect(table.calls).toBe(0)
    await flood([counts], 600)
    expect(table.calls).toBeLessThanOrEqual(100)
  })

  it('go on alone while the exchange fails, without waiting, and are shared afterwards', async () => {
    const table = createSharedTable()
    table.isAway = true
    const counts = createRequestCounts({ limit: 100, window, exchange: table.exchange })
    expect(await flood([counts], 300)).toBe(100)
    expect(table.calls).toBeLessThanOrEqual(2)
  })

  it('do not wait for an exchange that takes long', async () => {
    const table = createSharedTable()
    table.delay = 1_500
    const counts = createRequestCounts({ limit: 100, window, exchange: table.exchange })
    const startedAt = performance.now()
    expect(await flood([counts], 300)).toBe(100)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    expect(table.calls).toBe(1)
  })

  it('take over what others have counted, and the end of their window', async () => {
    const exchange: Exchange = async ([request]) => [
      { userId: request?.userId ?? '', total: 95, timeLeft: 20_000 },
    ]
    const counts = createRequestCounts({ limit: 100, window, exchange })
    await counts.take('ada')
    await sleep(5)
    const usage = await counts.take('ada')
    expect(usage).toMatchObject({ isAllowed: true, remaining: 4 })
    expect(usage.timeLeft).toBeLessThanOrEqual(20_000)
  })

  it('begin again with the next window', async () => {
    const exchange: Exchange = async (requests) =>
      requests.map(({ userId, added, elapsed }) => ({
        userId,
        total: added,
        timeLeft: 50 - elapsed,
      }))
    const counts = createRequestCounts({ limit: 1, window: 50, exchange })
    expect(await counts.take('ada')).toMatchObject({ isAllowed: true })
    expect(await counts.take('ada')).toMatchObject({ isAllowed: false, remaining: 0 })
    await sleep(60)
    expect(await counts.take('ada')).toMatchObject({ isAllowed: true })
  })
})
