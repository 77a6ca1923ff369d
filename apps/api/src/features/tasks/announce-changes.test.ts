import { randomUUID } from 'node:crypto'
import { connectDatabase } from '@tend/database/connect-database'
import { listen } from '@tend/database/listen'
import { createTestDatabase } from '@tend/database/test-database'
import { createLogger } from '@tend/runtime/logger'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { announceChanges, changesChannel } from './announce-changes.ts'

const lines: string[] = []
const log = createLogger(
  { name: 'test', level: 'info' },
  {
    write(line) {
      lines.push(line)
    },
  },
)
const heard: string[] = []
let db: ReturnType<typeof connectDatabase>
let url: string
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  const database = await createTestDatabase()
  url = database.url
  db = connectDatabase(url)
  const listener = listen(url, {
    channels: [changesChannel],
    onNotification: (_channel, payload) => heard.push(payload),
    onConnected: async () => {},
  })
  stops.push(() => listener.stop(), db.destroy.bind(db), database.drop)
  await vi.waitFor(() => expect(listener.silence()).toBeLessThan(1_000), { timeout: 10_000 })
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

it('announces the changes of a moment together, each person once', async () => {
  heard.length = 0
  const one = announceChanges(db, log)
  const other = announceChanges(db, log)
  const people = Array.from({ length: 450 }, () => randomUUID())
  for (const userId of [...people, ...people]) one.announce(userId)
  await expect.poll(() => heard).toHaveLength(3)
  expect(heard.flatMap((payload) => other.read(payload))).toEqual(people)
  // The process has woken its own streams already.
  expect(heard.flatMap((payload) => one.read(payload))).toEqual([])
  await Promise.all([one.stop(), other.stop()])
})

it('announces what is left when it stops', async () => {
  heard.length = 0
  const announcer = announceChanges(db, log)
  announcer.announce(randomUUID())
  await announcer.stop()
  await expect.poll(() => heard).toHaveLength(1)
})

it('tries again what it could not announce', async () => {
  heard.length = 0
  let isAway = true
  const failing = db.withPlugin({
    transformQuery({ node }) {
      if (isAway) throw new Error('away')
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const announcer = announceChanges(failing, log)
  const userId = randomUUID()
  announcer.announce(userId)
  await expect.poll(() => lines.join('')).toContain('could not be announced')
  isAway = false
  await expect
    .poll(() => heard.flatMap((payload) => payload.split(',')), { timeout: 5_000 })
    .toContain(userId)
  await announcer.stop()
})
