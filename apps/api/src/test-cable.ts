import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a database that can be made to swallow all that goes over it, as a broken network does. */
export type TestCable = {
  url: string
  swallow(): void
  mend(): void
  close(): void
}

/** Lays a way to the database with this address. */
export async function layTestCable(databaseUrl: string): Promise<TestCable> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let isSwallowing = false
  const relay = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('data', (chunk) => isSwallowing || other.write(chunk))
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const address = relay.address()
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    swallow() {
      isSwallowing = true
    },
    mend() {
      isSwallowing = false
      cut()
    },
    close() {
      relay.close()
      cut()
    },
  }
}
