import { hasErrorCode, isConnectionLost } from './is-database-unavailable.ts'
import type { Rows } from './pipelined-query.ts'
import type { SharedConnection, SharedQuery } from './shared-connection.ts'

/** How many there are, how one is opened, and how long an answer may take before a connection is cut, in milliseconds. */
export type SharedConnectionsOptions = {
  size: number
  open: () => Promise<SharedConnection>
  longestSilence: number
  /** Told when a connection breaks. It is replaced by itself. */
  onConnectionLost: ((error: Error) => void) | undefined
}

/**
 * A connection that has been silent for so long gets no more queries until it answers: the server stands still, or its disk does.
 * Less would mean a busy machine as well, on which the few connections of one's own are soon used up. In milliseconds.
 */
const STALLED_AFTER = 1_000

/** Another connection is opened when each of those there are has so many queries under way. */
const BUSY_FROM = 4

const WATCH_EVERY = 1_000

/** Follows a failover behind a DNS name, and a change of the server's settings. In milliseconds. */
const LONGEST_LIFE = 1_800_000

// lock_not_available: somebody else holds a lock. As with the next ones, the statement's transaction is rolled back and nothing
// of it is left: it may run again on a connection of its own.
const lockedCodes = new Set(['55P03'])

// A prepared statement that a migration changed.
const changedTableCodes = new Set(['0A000'])

// A prepared statement that is not there, or there although this connection made none: a pooler in between.
const mixedUpCodes = new Set(['26000', '42P05'])

type Slot = { connection: SharedConnection; openedAt: number }

/** A few connections on which the short statements of all people travel together. */
export class SharedConnections {
  readonly #options: SharedConnectionsOptions
  readonly #slots = new Set<Slot>()
  readonly #watch: NodeJS.Timeout
  #opening: Promise<SharedConnection> | undefined
  #isClosed = false

  constructor(options: SharedConnectionsOptions) {
    this.#options = options
    this.#watch = setInterval(() => this.#lookAfter(), WATCH_EVERY).unref()
  }

  /**
   * Runs a statement, or gives undefined for one that has to run on a connection of its own: because all here are silent,
   * somebody holds a lock, or a pooler mixes up prepared statements. Nothing of it has been done then.
   */
  async run(query: SharedQuery): Promise<Rows | undefined> {
    if (this.#isClosed) return undefined
    let connection: SharedConnection | undefined
    try {
      connection = this.#choose() ?? (await this.#openOne())
      return connection.silence > STALLED_AFTER ? undefined : await connection.run(query)
    } catch (error) {
      if (hasErrorCode(error, lockedCodes)) return undefined
      if (hasErrorCode(error, mixedUpCodes)) {
        // While one is opened as well: what is prepared there may be there already.
        this.close()
        return undefined
      }
      if (connection === undefined) throw error
      if (hasErrorCode(error, changedTableCodes)) {
        this.#retire(connection)
        return undefined
      }
      if (isConnectionLost(error)) this.#report(connection, error)
      throw error
    }
  }

  /** Takes no more statements; resolves when those under way are answered and all connections closed. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#watch)
    await this.#opening?.catch(() => {})
    await Promise.all([...this.#slots].map(({ connection }) => connection.retire()))
    this.#slots.clear()
  }

  /** The one with the least under way; opens another in the background when all have much. */
  #choose(): SharedConnection | undefined {
    let best: SharedConnection | undefined
    for (const slot of this.#slots) {
      const { connection } = slot
      if (!connection.isUsable) this.#slots.delete(slot)
      else if (best === undefined || isBetter(connection, best)) best = connection
    }
    const isBusy = best !== undefined && best.underWay >= BUSY_FROM
    if (isBusy && this.#slots.size < this.#options.size) this.#openOne().catch(() => {})
    return best
  }

  #openOne(): Promise<SharedConnection> {
    this.#opening ??= this.#options
      .open()
      .then((connection) => {
        this.#slots.add({ connection, openedAt: performance.now() })
        return connection
      })
      .finally(() => {
        this.#opening = undefined
      })
    return this.#opening
  }

  #lookAfter(): void {
    for (const { connection, openedAt } of this.#slots) {
      if (connection.silence > this.#options.longestSilence) connection.cut()
      else if (performance.now() - openedAt > LONGEST_LIFE) this.#retire(connection)
    }
  }

  /** Tells of a lost connection once, however many statements were on it. */
  #report(connection: SharedConnection, error: unknown): void {
    if (this.#forget(connection) && error instanceof Error) this.#options.onConnectionLost?.(error)
  }

  #retire(connection: SharedConnection): void {
    this.#forget(connection)
    connection.retire()
  }

  #forget(connection: SharedConnection): boolean {
    const slot = [...this.#slots].find((one) => one.connection === connection)
    return slot !== undefined && this.#slots.delete(slot)
  }
}

function isBetter(one: SharedConnection, other: SharedConnection): boolean {
  const isStalled = one.silence > STALLED_AFTER
  const isOtherStalled = other.silence > STALLED_AFTER
  return isStalled === isOtherStalled ? one.underWay < other.underWay : isOtherStalled
}
