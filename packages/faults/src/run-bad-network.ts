import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a bad network does to the packets between API and PostgreSQL. */
type Weather =
  | { kind: 'fair' }
  /** Every packet comes this many milliseconds late. */
  | { kind: 'slow'; delay: number }
  /** Every packet comes as two halves with a pause between them. */
  | { kind: 'halved' }
  /** Nothing comes through, and nobody is told. */
  | { kind: 'silent' }

/** A TCP proxy before a database. */
export type BadNetwork = {
  /** The same database through the proxy. */
  url: string
  turn(weather: Weather): void
  /** Ends all connections at once, in the middle of what they are doing. */
  cut(): void
  stop(): Promise<void>
}

/** Puts a network between the API and a database that does what it is told. */
export async function runBadNetwork(databaseUrl: string): Promise<BadNetwork> {
  const database = new URL(databaseUrl)
  let weather: Weather = { kind: 'fair' }
  const sockets = new Set<Socket>()
  const pass = () =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        passOn(this, chunk, () => weather).then(() => done(), done)
      },
    })
  const server = createServer((client) => {
    const upstream = connect(Number(database.port), database.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay())
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(pass()).pipe(upstream)
    upstream.pipe(pass()).pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const through = new URL(databaseUrl)
  through.port = String(typeof address === 'object' ? address?.port : '')
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    url: through.href,
    turn(next) {
      weather = next
    },
    cut,
    async stop() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

async function passOn(out: Transform, chunk: Buffer, weather: () => Weather): Promise<void> {
  const now = weather()
  if (now.kind === 'slow') await sleep(now.delay)
  while (weather().kind === 'silent') await sleep(20)
  if (now.kind !== 'halved' || chunk.length < 2) {
    out.push(chunk)
    return
  }
  const middle = Math.floor(chunk.length / 2)
  out.push(chunk.subarray(0, middle))
  await sleep(5)
  out.push(chunk.subarray(middle))
}
