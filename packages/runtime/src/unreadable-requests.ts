import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** Answers on a connection itself, and ends it; `reason` is Node's code of what went wrong. */
export type Refuse = (socket: Duplex, reason: string | undefined) => void

/** How long a client that is still sending has to read the answer that ends its connection, in milliseconds. */
const LINGER_TIME = 1_000

/**
 * Has all refused that Node cannot read, and tunnels, on which it would say nothing. A client may send several requests without waiting:
 * nothing is ever said in the middle of an answer, or ahead of the answers to earlier requests (RFC 9112, section 9.3.2). An
 * expectation that is not known is passed over (RFC 9110, section 10.1.1). Whoever is answered before all of a body has arrived, as when it
 * is too large, can read the answer before the connection ends (RFC 9112, section 9.6).
 */
export function refuseUnreadableRequests(server: Server, refuse: Refuse): void {
  const lastAnswers = rememberLastAnswers(server)
  server.on('connection', (socket) => closeGently(socket, lastAnswers))
  const ending = new WeakSet<Duplex>()
  const endAfter = (answer: ServerResponse, socket: Duplex) => {
    // Node complains of every further packet.
    if (ending.has(socket)) return
    ending.add(socket)
    answer.once('close', () => socket.destroy())
  }
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = lastAnswers.get(socket)
    const isAnswering = answer !== undefined && !answer.writableFinished
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else if (!isAnswering) refuse(socket, error.code)
    // What cannot be read came behind a request that is whole: its answer is the last one here.
    else if (answer.req.complete) endAfter(answer, socket)
    // It is the body that cannot be read. Its answer has begun, or those to earlier requests are still to come.
    else if (answer.headersSent || answer.socket === null) socket.destroy()
    else refuse(socket, error.code)
  })
  server.on('connect', (_request, socket) => {
    // Node has let go of it.
    socket.on('error', () => socket.destroy())
    refuse(socket, 'CONNECT')
  })
  server.on('checkExpectation', (request, answer) => server.emit('request', request, answer))
}

function rememberLastAnswers(server: Server): WeakMap<Duplex, ServerResponse> {
  const lastAnswers = new WeakMap<Duplex, ServerResponse>()
  server.prependListener('request', (request, answer) => lastAnswers.set(request.socket, answer))
  return lastAnswers
}

/**
 * Node closes a connection right behind the last answer. If something has arrived meanwhile that nobody reads, the system resets the
 * connection, and the answer is lost on its way.
 */
function closeGently(socket: Socket, lastAnswers: WeakMap<Duplex, ServerResponse>): void {
  const closeAtOnce = socket.destroySoon.bind(socket)
  socket.destroySoon = () => {
    if (lastAnswers.get(socket)?.req.complete !== false) return closeAtOnce()
    // Node reads on, and drops what comes.
    socket.end()
    const timer = setTimeout(() => socket.destroy(), LINGER_TIME)
    socket.once('close', () => clearTimeout(timer))
  }
}
