import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from './logger.ts'

/** How a server stops. Times are in milliseconds. */
export type GracefulStopOptions = {
  server: Server
  log: Logger
  /** Called once at the signal: readiness turns false, long streams end. */
  onDraining?: () => void
  /** Called when the last request is answered: close pools here. */
  onDrained?: () => Promise<void>
  /** How long new connections are at least still taken, answered with `Connection: close`. */
  lingerTime?: number
  /** After this long, connections that are still open are cut. */
  drainTime?: number
}

/** A terminal's Ctrl-C reaches a server twice, directly and from its parent; within this time both are one request. */
const SAME_SIGNAL_TIME = 500

/**
 * Stops the server on SIGTERM or SIGINT without losing a request: for a moment it goes on accepting and closes each
 * connection after its answer (RFC 9112, section 9.6), then it drains and the process exits. A second signal exits at once.
 * A server started with an IPC channel also stops when its parent is gone.
 */
export function stopGracefullyOnSignal(options: GracefulStopOptions): void {
  let stoppingSince: number | null = null
  const onRequest = (reason: string) => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > SAME_SIGNAL_TIME) process.exit(1)
      return
    }
    stoppingSince = performance.now()
    options.log.info({ reason }, 'stopping')
    stopGracefully(options).then(
      () => process.exit(0),
      (error: unknown) => {
        options.log.error({ err: error }, 'the stop failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onRequest)
  process.on('SIGINT', onRequest)
  if (process.channel) process.on('disconnect', () => onRequest('the parent process is gone'))
}

/** Drains and closes the server; resolves when the last connection is gone and `onDrained` is done. */
export async function stopGracefully(options: GracefulStopOptions): Promise<void> {
  const { server, lingerTime = 1000, drainTime = 7000 } = options
  const tellConnections = decideConnections(server)
  tellConnections('close')
  options.onDraining?.()
  await sleep(lingerTime)
  // A listener that closes resets the connections waiting in its queue. Clients that are told to close come back
  // through it with every request, so before its end they are left where they are.
  tellConnections('keep-alive')
  await waitUntilQuiet(server, 'connection', { quiet: lingerTime / 10, longest: drainTime / 2 })
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  // http.Server's own close would also cut connections on which the next request may be under way.
  NetServer.prototype.close.call(server)
  tellConnections('close')
  const cut = setTimeout(() => server.closeAllConnections(), drainTime)
  const quiet = { quiet: lingerTime / 2, longest: drainTime }
  await Promise.race([closed, waitUntilQuiet(server, 'request', quiet)])
  // What has been idle for so long has no request under way.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
  await options.onDrained?.()
}

/**
 * Returns how to tell connections to close after their answer or to stay. It holds for answers under way as well: one that
 * left its connection open could meet a client's next request while that connection is being ended.
 */
function decideConnections(server: Server): (decision: 'close' | 'keep-alive') => void {
  let current: 'close' | 'keep-alive' = 'keep-alive'
  const underWay = new Set<ServerResponse>()
  server.prependListener('request', (_request, response) => {
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    response.setHeader('Connection', current)
  })
  return (decision) => {
    current = decision
    for (const response of underWay) {
      if (!response.headersSent) response.setHeader('Connection', decision)
    }
  }
}

/** Waits until something has not happened for a while; times are in milliseconds. */
async function waitUntilQuiet(
  server: Server,
  event: 'connection' | 'request',
  { quiet, longest }: { quiet: number; longest: number },
): Promise<void> {
  const giveUpAt = performance.now() + longest
  let isQuiet = false
  const onEvent = () => {
    isQuiet = false
  }
  server.on(event, onEvent)
  while (!isQuiet && performance.now() < giveUpAt) {
    const startedAt = performance.now()
    isQuiet = true
    await sleep(quiet)
    // An immediate comes after all that waited to be taken and read.
    await setImmediate()
    // Held up for long, by its own work or on a busy machine, the process could not have noticed anything.
    if (performance.now() - startedAt > quiet * 1.5 + 10) isQuiet = false
  }
  server.off(event, onEvent)
}
