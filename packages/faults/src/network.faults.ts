import { setTimeout as sleep } from 'node:timers/promises'
import { unwrap } from '@tend/contracts/client'
import { afterAll, describe, expect, it } from 'vitest'
import { runBadNetwork } from './run-bad-network.ts'
import { setUpDatabase, setUpTend } from './set-up-tend.ts'
import { findLosses, writeSteadily } from './write-steadily.ts'

const database = await setUpDatabase()
const network = await runBadNetwork(database.url)
afterAll(network.stop)
const { tend, ada } = await setUpTend({ databaseUrl: network.url })
afterAll(() => network.turn({ kind: 'fair' }))

/** Writes for a while, does something to the network meanwhile, and tells how the writes ended. */
async function writeThrough(happening: () => Promise<void>) {
  const person = await tend.register()
  const writes = writeSteadily(tend.api.port, person, 8)
  await happening()
  network.turn({ kind: 'fair' })
  const fairAt = performance.now()
  await sleep(3000)
  const outcomes = await writes.stop()
  expect(await findLosses(person, outcomes)).toEqual({ lost: [], doubled: 0 })
  expect(tend.hasLostProcess()).toBe(false)
  const late = outcomes.filter(({ status, at }) => status !== 201 && at > fairAt + 2000)
  expect(late).toEqual([])
  return new Set(outcomes.map(({ status }) => status))
}

describe('between the API and PostgreSQL, a network', () => {
  it('that brings packets in halves breaks nothing', async () => {
    const statuses = await writeThrough(async () => {
      network.turn({ kind: 'halved' })
      await sleep(2000)
      const { items } = await unwrap(ada.client.tasks.list({ query: { limit: 10 } }))
      expect(items).toEqual([])
    })
    expect([...statuses]).toEqual([201])
  })

  it('that is slow makes answers slow, and right', async () => {
    const statuses = await writeThrough(async () => {
      network.turn({ kind: 'slow', delay: 60 })
      await sleep(2000)
    })
    expect([...statuses]).toEqual([201])
  })

  it('that cuts connections costs what was on them, never more', async () => {
    const statuses = await writeThrough(async () => {
      for (let cuts = 0; cuts < 10; cuts += 1) {
        await sleep(150)
        network.cut()
      }
    })
    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([])
    expect(statuses).toContain(201)
  })

  it('that falls silent for three seconds keeps people waiting, and then goes on', async () => {
    const statuses = await writeThrough(async () => {
      network.turn({ kind: 'silent' })
      await sleep(3000)
    })
    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([])
  })
})
