import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until a port of this machine takes connections, for at most five seconds. */
export async function waitUntilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await isListening(port)) return
    await sleep(50)
  }
  throw new Error(`Nobody listens on port ${port}.`)
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
