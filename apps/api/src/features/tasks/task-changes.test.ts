import type { Task } from '@tend/contracts'
import { connectDatabase } from '@tend/database/connect-database'
import { insertTask, insertUser } from '@tend/database/seed'
import { createTestDatabase } from '@tend/database/test-database'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findCurrentPlace, type PlacedEvent, TaskChangeReader } from './task-changes.ts'
import type { TaskDatabase } from './task-database.ts'
import { listTasks } from './task-list-queries.ts'
import { deleteTask, restoreTask, trashTask, updateTask } from './task-queries.ts'

let db: TaskDatabase
let close: () => Promise<void>

beforeAll(async () => {
  const { url, drop } = await createTestDatabase()
  db = connectDatabase(url, { timestamps: 'iso', maxConnections: 20 })
  close = async () => {
    await db.destroy()
    await drop()
  }
})
afterAll(() => close())

const step = fc.record({
  kind: fc.constantFrom(
    ...(['add', 'change', 'trash', 'restore', 'delete'] as const),
    // A transaction that writes and stays open, and its end, which may come after many later ones.
    ...(['begin', 'commit', 'commit'] as const),
    // All that there is to read, or a part of it after which the client comes back with the last id it got.
    ...(['read', 'break off'] as const),
  ),
  at: fc.nat(20),
})

/** One who follows the changes of a person and keeps a list up to date by them. */
class Follower {
  readonly tasks: Map<string, Task>
  #reader: TaskChangeReader
  #place: PlacedEvent['place']
  readonly #userId: string

  constructor(userId: string, place: PlacedEvent['place'], tasks: Task[]) {
    this.#userId = userId
    this.#place = place
    this.#reader = new TaskChangeReader(db, userId, place)
    this.tasks = new Map(tasks.map((task) => [task.id, task]))
  }

  async read(most = Number.POSITIVE_INFINITY): Promise<void> {
    let left = most
    for await (const page of this.#reader.read()) {
      for (const { event, place } of page.slice(0, left)) {
        if (event.type === 'task.deleted') this.tasks.delete(event.id)
        else this.tasks.set(event.task.id, event.task)
        this.#place = place
      }
      left -= page.length
      if (left <= 0) break
    }
  }

  async breakOff(most: number): Promise<void> {
    await this.read(most)
    this.#reader = new TaskChangeReader(db, this.#userId, this.#place)
  }
}

const listAll = (userId: string) =>
  listTasks(db, userId, { status: 'all', today: '2026-11-21' }, { sort: 'oldest', limit: 1_000 })

it('whoever follows the changes has all of them in the end, however transactions and connections end', async () => {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    const { id: userId } = await insertUser(db)
    const made = [await insertTask(db, userId), await insertTask(db, userId)]
    const follower = new Follower(userId, await findCurrentPlace(db), await listAll(userId))
    const ends: (() => Promise<void>)[] = []
    for (const { kind, at } of steps) {
      const id = made[at % made.length]?.id ?? ''
      const change = { id, now: new Date(), versions: undefined }
      if (kind === 'add') made.push(await insertTask(db, userId))
      if (kind === 'change') await updateTask(db, userId, change, { title: `title ${at}` })
      if (kind === 'trash') await trashTask(db, userId, change)
      if (kind === 'restore') await restoreTask(db, userId, change)
      if (kind === 'delete') await deleteTask(db, userId, change)
      if (kind === 'begin' && ends.length < 5) {
        const trx = await db.startTransaction().execute()
        // Not among those that others change: they would wait for it.
        await insertTask(trx, userId, { title: 'in a long transaction' })
        ends.push(async () => {
          await trx.commit().execute()
        })
      }
      if (kind === 'commit') await ends.splice(at % Math.max(1, ends.length), 1)[0]?.()
      if (kind === 'read') await follower.read()
      if (kind === 'break off') await follower.breakOff(at)
    }
    for (const end of ends) await end()
    await follower.read()
    const tasks = [...follower.tasks.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    expect(tasks).toEqual(await listAll(userId))
  })
  await fc.assert(property, { numRuns: 25 })
}, 60_000)
