import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

/** Options of `listen`; times are in milliseconds. */
export type ListenOptions = {
  channels: readonly string[]
  onNotification: (channel: string, payload: string) => void
  /** Runs on every new connection once it listens: load here what was missed before. */
  onConnected: () => Promise<void>
  /** Told when the connection is lost or cannot be made; it is tried again by itself. */
  onLost?: (error: unknown) => void
  /** How often the connection is proved alive. */
  heartbeat?: number
}

/** A connection that hears what other processes announce with NOTIFY. */
export type Listener = {
  /**
   * How long ago, in milliseconds, everything announced until then was known to have been heard. Infinite before the first
   * connection, and growing while the connection is lost.
   */
  silence(): number
  stop(): Promise<void>
}

const LONGEST_PAUSE = 1_000

/**
 * Listens on channels of PostgreSQL over a connection of its own, and for ever: a lost connection is noticed by a
 * heartbeat, also when the network just swallows packets, and made again. It needs a direct connection or a
 * pooler in session mode.
 */
export function listen(url: string, options: ListenOptions): Listener {
  const stopping = new AbortController()
  let heardUntil = Number.NEGATIVE_INFINITY
  const ended = keepListening(url, options, stopping.signal, (moment) => {
    heardUntil = moment
  })
  return {
    silence: () => performance.now() - heardUntil,
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

async function keepListening(
  url: string,
  options: ListenOptions,
  stopping: AbortSignal,
  onHeard: (moment: number) => void,
): Promise<void> {
  let pause = 50
  while (!stopping.aborted) {
    try {
      await listenOnce(url, options, stopping, (moment) => {
        pause = 50
        onHeard(moment)
      })
    } catch (error) {
      options.onLost?.(error)
      await sleepUnlessStopped(pause, stopping)
      pause = Math.min(pause * 2, LONGEST_PAUSE)
    }
  }
}

async function listenOnce(
  url: string,
  { channels, onNotification, onConnected, heartbeat = 500 }: ListenOptions,
  stopping: AbortSignal,
  onHeard: (moment: number) => void,
): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: 'tend-listen',
    connectionTimeoutMillis: 2_000,
    query_timeout: 1_000,
  })
  // The heartbeat reports it; without a listener the process would end.
  client.on('error', () => {})
  client.on('notification', ({ channel, payload }) => onNotification(channel, payload ?? ''))
  try {
    await client.connect()
    for (const channel of channels) await client.query(`listen ${client.escapeIdentifier(channel)}`)
    await onConnected()
    while (!stopping.aborted) {
      // Counted from before it was sent: notifications committed by then arrive ahead of its answer.
      const sentAt = performance.now()
      await client.query('select')
      onHeard(sentAt)
      await sleepUnlessStopped(heartbeat, stopping)
    }
  } finally {
    await closeClient(client)
  }
}

/** Says goodbye to the server, or cuts a connection that is too dead for that. */
async function closeClient(client: Client): Promise<void> {
  const socket = client.connection.stream
  const cut = setTimeout(() => socket.destroy(), 200)
  await client.end().catch(() => {})
  clearTimeout(cut)
}

async function sleepUnlessStopped(time: number, stopping: AbortSignal): Promise<void> {
  await sleep(time, undefined, { signal: stopping }).catch(() => {})
}
