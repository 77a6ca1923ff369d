import { setTimeout as sleep } from 'node:timers/promises'
import { HttpConnection } from './http-connection.ts'

/** How load is put on a server. Times are in milliseconds. */
export type Load = {
  port: number
  connections: number
  duration: number
  /** Sent in turn, from the first again after the last. */
  requests: readonly Buffer[]
  /** Requests a second over all connections, whether or not the server keeps up; without it each connection asks again at once. */
  rate?: number
}

/**
 * What came of it. Latencies are in milliseconds, in no order; `statuses` counts answers by status. A 503 that does not say when
 * to ask again is a failure.
 */
export type LoadOutcome = {
  seconds: number
  latencies: Float64Array
  statuses: Record<number, number>
  failures: string[]
}

const maxReportedFailures = 5

/** Puts load on a server and waits for the last answer. */
export async function runLoad(load: Load): Promise<LoadOutcome> {
  const latencies: number[] = []
  const statuses: Record<number, number> = {}
  const failures: string[] = []
  const startedAt = performance.now()
  let next = 0

  async function request(connection: HttpConnection, dueAt: number): Promise<boolean> {
    const bytes = load.requests[next++ % load.requests.length] ?? Buffer.alloc(0)
    try {
      const { status, mustClose, mayRetry } = await connection.send(bytes)
      if (status === 503 && !mayRetry) throw new Error('A 503 came without Retry-After')
      statuses[status] = (statuses[status] ?? 0) + 1
      latencies.push(performance.now() - dueAt)
      return !mustClose
    } catch (error) {
      if (failures.length < maxReportedFailures) failures.push(String(error))
      return false
    }
  }

  async function keepAsking(): Promise<void> {
    let connection = new HttpConnection(load.port)
    while (performance.now() - startedAt < load.duration) {
      if (await request(connection, performance.now())) continue
      connection.close()
      connection = new HttpConnection(load.port)
      if (failures.length >= maxReportedFailures) break
    }
    connection.close()
  }

  /** A late request counts from the moment it was due: a server that stalls cannot hide it by being asked less. */
  async function askOnTime(index: number, rate: number): Promise<void> {
    const connection = new HttpConnection(load.port)
    const pause = (load.connections / rate) * 1000
    let dueAt = startedAt + (index * pause) / load.connections
    for (; dueAt - startedAt < load.duration; dueAt += pause) {
      const early = dueAt - performance.now()
      if (early > 0) await sleep(early)
      await request(connection, early > 0 ? performance.now() : dueAt)
    }
    connection.close()
  }

  const { rate } = load
  await Promise.all(
    Array.from({ length: load.connections }, (_, index) =>
      rate === undefined ? keepAsking() : askOnTime(index, rate),
    ),
  )
  const seconds = (performance.now() - startedAt) / 1000
  return { seconds, latencies: Float64Array.from(latencies), statuses, failures }
}
