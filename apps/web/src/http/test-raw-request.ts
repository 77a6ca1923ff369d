import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect } from 'node:net'

/** Starts a server on a free port of this machine alone, and gives the port. */
export async function listenLocally(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.')
  return address.port
}

/** Sends bytes as they are and gives all that comes back until the server ends the connection. */
export async function sendRaw(port: number, ...parts: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  // A server that closes early may reset what is still being sent.
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  for (const part of parts) socket.write(part)
  await closed
  return Buffer.concat(chunks).toString()
}
