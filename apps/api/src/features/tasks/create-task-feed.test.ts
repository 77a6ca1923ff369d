import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { connectDatabase } from '@tend/database/connect-database'
import { createTestDatabase } from '@tend/database/test-database'
import { createLogger } from '@tend/runtime/logger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTaskFeed, type TaskFeed } from './create-task-feed.ts'

let feed: TaskFeed
let close: () => Promise<void>

beforeAll(async () => {
  const { url, drop } = await createTestDatabase()
  const db = connectDatabase(url, { timestamps: 'iso' })
  const log = createLogger({ name: 'test', level: 'silent' })
  feed = createTaskFeed({ db, databaseUrl: url, log })
  close = async () => {
    await feed.stop()
    await db.destroy()
    await drop()
  }
})
afterAll(() => close())

it('wakes and ends whoever came after one that left twice', async () => {
  const userId = randomUUID()
  const first = feed.follow(userId)
  first?.end()
  const second = feed.follow(userId)
  // A stream ends by its client, by its session, and by itself.
  first?.end()
  const woken = second?.nextChange().then(() => 'woken')
  feed.announce(userId)
  expect(await Promise.race([woken, setImmediate('asleep')])).toBe('woken')
  feed.close()
  expect(second?.ended.aborted).toBe(true)
})
