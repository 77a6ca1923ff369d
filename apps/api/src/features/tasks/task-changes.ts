import type { TaskEvent } from '@tend/contracts'
import {
  type ChangePlace,
  readChangedTasks,
  readDeletedTasks,
  readHorizon,
  type TaskChanged,
} from './task-change-queries.ts'
import type { TaskDatabase } from './task-database.ts'

const lowestId = '00000000-0000-0000-0000-000000000000'
const pageSize = 50
const placeShape = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** One event and the place to go on from once it has arrived. */
export type PlacedEvent = { event: TaskEvent; place: ChangePlace }

/** The place behind everything that has happened so far. */
export async function findCurrentPlace(db: TaskDatabase): Promise<ChangePlace> {
  return { xid: await readHorizon(db), id: lowestId }
}

/** Writes a place as an event id. */
export function formatPlace({ xid, id }: ChangePlace): string {
  return `${xid}.${id}`
}

/** Reads an event id; null when it is none. */
export function parsePlace(text: string): ChangePlace | null {
  const [, xid, id] = placeShape.exec(text) ?? []
  return xid === undefined || id === undefined ? null : { xid: Number(xid), id }
}

/**
 * Reads the changes of one person step by step, missing none: transactions end in another order than they begin, so what
 * lies behind the oldest open one is read again the next time, and told once.
 */
export class TaskChangeReader {
  readonly #db: TaskDatabase
  readonly #userId: string
  #place: ChangePlace
  /** What was told although older transactions were open: task id to transaction. */
  #told = new Map<string, number>()

  constructor(db: TaskDatabase, userId: string, place: ChangePlace) {
    this.#db = db
    this.#userId = userId
    this.#place = place
  }

  /** Gives all changes up to now, in pages. */
  async *read(): AsyncGenerator<PlacedEvent[]> {
    // Ahead of the rows: what ends in between is behind it.
    const horizon = await readHorizon(this.#db)
    let after = this.#place
    for (let isMore = true; isMore; ) {
      const page = { after, limit: pageSize }
      const [changed, deleted] = await Promise.all([
        readChangedTasks(this.#db, this.#userId, page),
        readDeletedTasks(this.#db, this.#userId, page),
      ])
      const changes = [...changed, ...deleted].sort(byPlace).slice(0, pageSize)
      isMore = changes.length === pageSize
      after = changes.at(-1) ?? after
      const untold = changes.filter(({ id, xid }) => this.#told.get(id) !== xid)
      for (const { id, xid } of untold) this.#told.set(id, xid)
      if (untold.length === 0) continue
      yield untold.map((change) => ({ event: describe(change), place: settle(change, horizon) }))
    }
    this.#place = settle(after, horizon)
    for (const [id, xid] of this.#told) if (xid < horizon) this.#told.delete(id)
  }
}

/** The place to go on from behind a change: never beyond a transaction that is still under way. */
function settle({ xid, id }: ChangePlace, horizon: number): ChangePlace {
  return xid < horizon ? { xid, id } : { xid: horizon, id: lowestId }
}

function byPlace(a: ChangePlace, b: ChangePlace): number {
  return a.xid - b.xid || (a.id < b.id ? -1 : 1)
}

function describe({ id, task }: TaskChanged): TaskEvent {
  if (task === null) return { type: 'task.deleted', id }
  const type = task.createdAt === task.updatedAt ? 'task.created' : 'task.updated'
  return { type, task }
}
